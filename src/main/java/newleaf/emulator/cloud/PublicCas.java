package newleaf.emulator.cloud;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import newleaf.cert.Fingerprint;

/// The well-known public CAs, by the JDK's own list. Anybody can get a leaf from these.
final class PublicCas {
  private static final Set<Fingerprint> KNOWN = read();

  private PublicCas() {}

  static boolean contain(X509Certificate ca) {
    return KNOWN.contains(Fingerprint.of(ca));
  }

  private static Set<Fingerprint> read() {
    try {
      TrustManagerFactory jdk =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      jdk.init((KeyStore) null);
      return Arrays.stream(jdk.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .flatMap(m -> Arrays.stream(((X509TrustManager) m).getAcceptedIssuers()))
          .map(Fingerprint::of)
          .collect(Collectors.toUnmodifiableSet());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has a default trust store", e);
    }
  }
}
