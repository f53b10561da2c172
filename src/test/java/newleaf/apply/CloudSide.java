package newleaf.apply;

import java.security.cert.X509Certificate;
import java.util.List;
import newleaf.cert.CertificateFilter;
import newleaf.observed.Namespaces;

/// The service behind its ports, and what else goes on there.
interface CloudSide extends AutoCloseable {
  FakeTime time();

  Namespaces namespaces();

  NamespaceUpdates updates();

  Prover prover();

  /// A namespace that is there already.
  ///
  /// @param name `<name>.<account>`
  /// @param bundle empty: mTLS is off
  void add(String name, List<X509Certificate> bundle, List<CertificateFilter> filters);

  /// Somebody else's change, at once.
  void addByHand(String name, X509Certificate ca);

  /// The next change is accepted, and its operation ends FAILED.
  void nextChangeFails();

  @Override
  void close();
}
