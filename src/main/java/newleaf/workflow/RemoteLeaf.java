package newleaf.workflow;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafPair;
import newleaf.cert.Pem;

/// A leaf on its way between here and a cluster, without its key.
///
/// @param certificates PEM: the leaf, then its chain without root
public record RemoteLeaf(String certificates, KeyName key) {

  static RemoteLeaf of(HeldCertificate leaf, KeyName key) {
    return new RemoteLeaf(LeafPair.certificatesOf(leaf), key);
  }

  X509Certificate certificate() {
    return all().getFirst();
  }

  HeldCertificate with(PrivateKey privateKey) {
    List<X509Certificate> all = all();
    return new HeldCertificate(all.getFirst(), all.subList(1, all.size()), privateKey);
  }

  private List<X509Certificate> all() {
    return Pem.certificates(certificates);
  }
}
