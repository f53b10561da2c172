package newleaf.emulator.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may do what: one token may do everything, one may only look, and one only at what it knows
/// the name of, and at pods.
record Access(String adminToken, String readerToken, String knowingToken) {
  private static final List<String> READING = List.of("get", "list", "watch");

  /// The caller's name.
  ///
  /// @throws Rejection 401 without a known bearer token
  String user(Optional<String> authorization) {
    return Optional.ofNullable(
            Map.of(
                    "Bearer " + adminToken,
                    "admin",
                    "Bearer " + readerToken,
                    "reader",
                    "Bearer " + knowingToken,
                    "knowing")
                .get(authorization.orElse("")))
        .orElseThrow(Rejection::unauthorized);
  }

  /// @throws Rejection 403
  void check(String user, String verb, Key key) {
    boolean may =
        switch (user) {
          case "admin" -> true;
          case "reader" -> READING.contains(verb);
          default -> verb.equals("get") || (verb.equals("list") && key.kind() == Kind.POD);
        };
    if (!may) {
      throw Rejection.forbidden(key, user, verb);
    }
  }

  @Override
  public String toString() {
    return "Access";
  }
}
