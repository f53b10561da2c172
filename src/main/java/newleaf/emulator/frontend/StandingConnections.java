package newleaf.emulator.frontend;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.security.cert.Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Judges again when the handshake is over: a resumed TLS session never meets [ClientTrust], and
/// would let in a client whose CA was removed.
final class StandingConnections extends ServerTransportFilter {
  private final Judge judge;

  StandingConnections(Judge judge) {
    this.judge = judge;
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    Certificate[] shown = certificates(attributes);
    Verdict verdict = judge.verdict(shown);
    judge.record(shown, verdict);
    return switch (verdict) {
      case Verdict.Accepted _ -> attributes;
      case Verdict.Refused(String reason) ->
          throw Status.PERMISSION_DENIED.withDescription(reason).asRuntimeException();
    };
  }

  private static Certificate[] certificates(Attributes attributes) {
    try {
      return attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION).getPeerCertificates();
    } catch (SSLPeerUnverifiedException e) {
      throw Status.UNAUTHENTICATED.withCause(e).asRuntimeException();
    }
  }
}
