package newleaf.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import javax.net.ssl.SSLHandshakeException;
import newleaf.apply.Prover.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access_denied",
        "bad_certificate",
        "certificate_expired",
        "certificate_required",
        "certificate_revoked",
        "certificate_unknown",
        "decrypt_error",
        "handshake_failure",
        "unknown_ca",
        "unsupported_certificate"
      })
  void alertAboutTheCertificateIsARefusalHoweverTheJdkWritesIt(String alert) {
    Verdict expected = new Verdict.Rejected("TLS alert " + alert);
    assertThat(Refusals.verdict(alert("Received fatal alert: " + alert), true)).isEqualTo(expected);
    assertThat(Refusals.verdict(alert("(" + alert + ") Received fatal alert: " + alert), true))
        .isEqualTo(expected);
  }

  @Test
  void alertBeforeTheServerAskedForTheCertificateIsNotAboutIt() {
    assertThat(Refusals.verdict(alert("Received fatal alert: handshake_failure"), false))
        .isInstanceOf(Verdict.Inconclusive.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"internal_error", "unrecognized_name", "protocol_version"})
  void otherAlertsProveNothing(String alert) {
    assertThat(Refusals.verdict(alert("Received fatal alert: " + alert), true))
        .isInstanceOf(Verdict.Inconclusive.class);
  }

  @Test
  void brokenPipeProvesNothing() {
    assertThat(Refusals.verdict(unavailable(new IOException("Broken pipe")), true))
        .isEqualTo(new Verdict.Inconclusive("UNAVAILABLE: io exception (Broken pipe)"));
  }

  @Test
  void missingRouteIsToldFromARefusedConnection() {
    assertThat(Refusals.noRoute(unavailable(new NoRouteToHostException("No route to host"))))
        .isTrue();
    assertThat(Refusals.noRoute(unavailable(new ConnectException("Network is unreachable"))))
        .isTrue();
    assertThat(Refusals.noRoute(unavailable(new ConnectException("Connection refused")))).isFalse();
  }

  private static StatusRuntimeException alert(String message) {
    return unavailable(new IllegalStateException(new SSLHandshakeException(message)));
  }

  private static StatusRuntimeException unavailable(Throwable cause) {
    return Status.UNAVAILABLE.withDescription("io exception").withCause(cause).asRuntimeException();
  }
}
