package newleaf.emulator.frontend;

import static newleaf.emulator.TestCertificate.ca;
import static newleaf.emulator.TestCertificate.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import newleaf.cert.HeldCertificate;
import newleaf.emulator.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that keeps its TLS session would be let in after its CA was removed, if sessions were
/// resumed: the JDK's own client does keep them, gRPC's does not.
class ResumptionTest {
  private static final int PING = 6;

  /// The client's preface, an empty SETTINGS frame, and a PING frame of eight zero bytes (RFC
  /// 9113).
  private static final byte[] HTTP2_HELLO_AND_PING =
      ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
              + "\0\0\0\4\0\0\0\0\0"
              + "\0\0\10\6\0\0\0\0\0"
              + "\0".repeat(8))
          .getBytes(StandardCharsets.US_ASCII);

  private static final char[] NO_PASSWORD = {};
  private static final HeldCertificate OLD_CA = ca("CN=CA G1").make();
  private static final HeldCertificate NEW_CA = ca("CN=CA G2").make();
  private static final HeldCertificate LEAF = leaf("CN=booking", OLD_CA).make();

  private final AtomicReference<Trust> trust = new AtomicReference<>(trusting(OLD_CA));
  private final MtlsFrontend frontend =
      new MtlsFrontend(
          n -> Optional.of(trust.get()), ConnectionAge.USUAL, Optional.empty(), new TestClock());

  @AfterEach
  void close() {
    frontend.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void keptSessionIsNoWayAroundARetiredCa(String protocol) throws Exception {
    SSLContext kept = context();
    assertThat(served(kept, protocol)).isTrue();
    assertThat(served(kept, protocol)).isTrue();

    trust.set(trusting(NEW_CA));

    assertThat(served(kept, protocol)).isFalse();
    assertThat(frontend.handshakes().accepted(LEAF.fingerprint())).isEqualTo(2);
    assertThat(frontend.handshakes().refused(LEAF.fingerprint())).isEqualTo(1);
  }

  /// Whether the server answers an HTTP/2 ping. In TLS 1.3 a finished handshake says nothing.
  private boolean served(SSLContext context, String protocol) throws IOException {
    int port = Integer.parseInt(frontend.address("booking.acct").replace("127.0.0.1:", ""));
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {protocol});
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(HTTP2_HELLO_AND_PING);
      return pinged(new DataInputStream(socket.getInputStream()));
    } catch (SSLException | SocketException | EOFException _) {
      return false;
    }
  }

  private static boolean pinged(DataInputStream in) throws IOException {
    int type = 0;
    while (type != PING) {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      type = in.readUnsignedByte();
      in.skipNBytes(length + 5L); // flags and stream id are still to come
    }
    return true;
  }

  private SSLContext context() throws GeneralSecurityException, IOException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, NO_PASSWORD);
    own.setKeyEntry("leaf", LEAF.key(), NO_PASSWORD, new Certificate[] {LEAF.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, NO_PASSWORD);
    KeyStore theirs = KeyStore.getInstance("PKCS12");
    theirs.load(null, NO_PASSWORD);
    byte[] pem = frontend.serverCaPem().getBytes(StandardCharsets.US_ASCII);
    theirs.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    TrustManagerFactory servers = TrustManagerFactory.getInstance("PKIX");
    servers.init(theirs);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), servers.getTrustManagers(), null);
    return context;
  }

  private static Trust trusting(HeldCertificate ca) {
    return new Trust(List.of(ca.certificate()), List.of());
  }
}
