package newleaf.emulator.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may do what: one token may do everything, the other may only look.
record Access(String adminToken, String readerToken) {
  private static final List<String> READING = List.of("get", "list", "watch");

  /// The caller's name.
  ///
  /// @throws Rejection 401 without a known bearer token
  String user(Optional<String> authorization) {
    return Optional.ofNullable(
            Map.of("Bearer " + adminToken, "admin", "Bearer " + readerToken, "reader")
                .get(authorization.orElse("")))
        .orElseThrow(Rejection::unauthorized);
  }

  /// @throws Rejection 403
  void check(String user, String verb, Key key) {
    if (!user.equals("admin") && !READING.contains(verb)) {
      throw Rejection.forbidden(key, user, verb);
    }
  }

  @Override
  public String toString() {
    return "Access";
  }
}
