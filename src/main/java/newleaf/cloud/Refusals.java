package newleaf.cloud;

import io.grpc.StatusRuntimeException;
import java.net.NoRouteToHostException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.apply.Prover.Verdict;

/// Reads from a failed call whether it was our certificate that the server refused.
final class Refusals {
  /// As the JDK reports it; both `(certificate_unknown)` and `: certificate_unknown` occur.
  private static final Pattern ALERT = Pattern.compile("fatal alert: \\(?([a-z_]+)");

  /// Alerts that judge a client certificate (RFC 8446 6.2). Not `internal_error`: a server that
  /// fails says it too. Not `unrecognized_name`: that judges the host name.
  private static final Set<String> ABOUT_THE_CERTIFICATE =
      Set.of(
          "access_denied",
          "bad_certificate",
          "certificate_expired",
          "certificate_required",
          "certificate_revoked",
          "certificate_unknown",
          "decrypt_error",
          "handshake_failure",
          "unknown_ca",
          "unsupported_certificate");

  private Refusals() {}

  /// @param asked whether the server asked for our certificate; an alert before that is not about
  ///   it
  static Verdict verdict(StatusRuntimeException error, boolean asked) {
    return switch (error.getStatus().getCode()) {
      // the TLS layer let us in, and what we asked about is what is missing
      case NOT_FOUND -> accepted(asked);
      case PERMISSION_DENIED, UNAUTHENTICATED -> new Verdict.Rejected(Words.of(error));
      default -> {
        Optional<String> alert = asked ? alert(error) : Optional.empty();
        yield alert.isPresent()
            ? new Verdict.Rejected("TLS alert " + alert.get())
            : new Verdict.Inconclusive(Words.of(error));
      }
    };
  }

  static Verdict accepted(boolean asked) {
    return asked
        ? new Verdict.Accepted()
        : new Verdict.Inconclusive("the server did not ask for a client certificate");
  }

  /// There is no way from this machine to that address, as to an IPv6 address without IPv6.
  static boolean noRoute(Throwable error) {
    return Words.causes(error).stream()
        .anyMatch(t ->
            t instanceof NoRouteToHostException
                || String.valueOf(t.getMessage()).contains("Network is unreachable"));
  }

  private static Optional<String> alert(Throwable error) {
    for (Throwable t : Words.causes(error)) {
      Matcher matcher = ALERT.matcher(String.valueOf(t.getMessage()));
      if (matcher.find() && ABOUT_THE_CERTIFICATE.contains(matcher.group(1))) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }
}
