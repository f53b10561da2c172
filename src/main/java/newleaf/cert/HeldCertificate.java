package newleaf.cert;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A certificate, its private key and the certificates between it and its root (root left out). The
/// key never leaves through `toString`.
public record HeldCertificate(
    X509Certificate certificate, List<X509Certificate> chain, PrivateKey key) {
  public HeldCertificate {
    chain = List.copyOf(chain);
  }

  public HeldCertificate(X509Certificate certificate, PrivateKey key) {
    this(certificate, List.of(), key);
  }

  public Fingerprint fingerprint() {
    return Fingerprint.of(certificate);
  }

  @Override
  public String toString() {
    return "HeldCertificate[" + fingerprint().shortText() + "]";
  }
}
