package newleaf.cloud;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Pem;

/// Makes client TLS contexts. The JDK's TLS and not OpenSSL's: it says which alert came.
final class ServerTrust {
  private ServerTrust() {}

  /// What judges the server, for many contexts: anchors are read once. It keeps nothing of the
  /// connections it judges.
  ///
  /// @param serverCa PEM of the CAs that may vouch for the server; empty for the system's own
  static TrustManager judge(Optional<String> serverCa) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      if (serverCa.isPresent()) {
        factory.init(store(anchors(serverCa.get())));
      } else {
        factory.init((KeyStore) null); // the system's own
      }
      return factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new NewleafException(unusable("can not be used for TLS: " + Words.of(e)), e);
    }
  }

  private static KeyStore store(X509Certificate[] anchors)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < anchors.length; i++) {
      store.setCertificateEntry(Integer.toString(i), anchors[i]);
    }
    return store;
  }

  /// A fresh context, with sessions of its own.
  ///
  /// @param key the client certificate to present, if any
  static SslContext client(TrustManager judge, Optional<KeyManager> key) {
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
            .trustManager(judge);
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
