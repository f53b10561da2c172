package newleaf.cert;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// What the two texts `tls.crt` (leaf, then chain without root) and `tls.key` (unencrypted PKCS#8)
/// hold, wherever they lie.
public sealed interface LeafPair {

  /// The leaf, if it can be read.
  Optional<X509Certificate> certificate();

  /// A leaf that a worker can use.
  record Whole(HeldCertificate leaf) implements LeafPair {
    @Override
    public Optional<X509Certificate> certificate() {
      return Optional.of(leaf.certificate());
    }
  }

  /// @param problem a sentence: why no worker can use it
  record Broken(Optional<X509Certificate> certificate, String problem) implements LeafPair {}

  /// The leaf with its key, when both are there and belong together.
  default Optional<HeldCertificate> held() {
    return switch (this) {
      case Whole(var leaf) -> Optional.of(leaf);
      case Broken _ -> Optional.empty();
    };
  }

  static LeafPair of(String certificates, String key) {
    List<X509Certificate> found;
    try {
      found = Pem.certificates(certificates);
    } catch (IllegalArgumentException e) {
      return new Broken(Optional.empty(), "tls.crt: " + e.getMessage() + ".");
    }
    if (found.isEmpty()) {
      return new Broken(Optional.empty(), "tls.crt: there is no PEM block with a certificate.");
    }
    return paired(found.getFirst(), found.subList(1, found.size()), key);
  }

  private static LeafPair paired(X509Certificate leaf, List<X509Certificate> chain, String key) {
    try {
      PrivateKey parsed = PrivateKeys.parse(key);
      return PrivateKeys.matches(leaf, parsed)
          ? new Whole(new HeldCertificate(leaf, chain, parsed))
          : new Broken(Optional.of(leaf), "tls.key: the key does not belong to the certificate.");
    } catch (IllegalArgumentException e) {
      return new Broken(Optional.of(leaf), "tls.key: " + e.getMessage());
    }
  }

  /// The text of `tls.crt`.
  static String certificatesOf(HeldCertificate leaf) {
    return Pem.of(leaf.certificate()) + Pem.of(leaf.chain());
  }

  /// The text of `tls.key`.
  static String keyOf(HeldCertificate leaf) {
    return PrivateKeys.toPem(leaf.key());
  }
}
