package newleaf.cloud;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Pem;

/// Makes client TLS contexts. The JDK's TLS and not OpenSSL's: it says which alert came.
final class ServerTrust {
  private ServerTrust() {}

  /// @param serverCa PEM of the CAs that may vouch for the server; empty for the system's own
  /// @param key the client certificate to present, if any
  static SslContext client(Optional<String> serverCa, Optional<KeyManager> key) {
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
    serverCa.map(ServerTrust::anchors).ifPresent(builder::trustManager);
    key.ifPresent(builder::keyManager);
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new NewleafException(unusable("can not be used for TLS: " + Words.of(e)), e);
    }
  }

  private static X509Certificate[] anchors(String pem) {
    List<X509Certificate> found;
    try {
      found = Pem.certificates(pem);
    } catch (IllegalArgumentException e) {
      throw new NewleafException(unusable("can not be read: " + Words.of(e)), e);
    }
    if (found.isEmpty()) {
      throw new NewleafException(unusable("holds no PEM certificate"));
    }
    return found.toArray(X509Certificate[]::new);
  }

  private static Failure unusable(String what) {
    return new Failure.Misconfigured(
        new Explanation(
            "NL3008",
            "server CA",
            "the file with the server's CA certificates " + what + ".",
            "Give a PEM file with at least one CA certificate, or leave it out."));
  }
}
