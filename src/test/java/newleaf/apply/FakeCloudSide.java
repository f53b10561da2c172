package newleaf.apply;

import java.security.cert.X509Certificate;
import java.util.List;
import newleaf.cert.CertificateFilter;
import newleaf.observed.Namespaces;

/// The fakes that stand for the service.
record FakeCloudSide(FakeWorld world) implements CloudSide {
  FakeCloudSide() {
    this(new FakeWorld(CloudAuthorities.START));
  }

  @Override
  public FakeTime time() {
    return world.time;
  }

  @Override
  public Namespaces namespaces() {
    return world.cloud;
  }

  @Override
  public NamespaceUpdates updates() {
    return world.cloud;
  }

  @Override
  public Prover prover() {
    return new FakeProver(world);
  }

  @Override
  public void add(String name, List<X509Certificate> bundle, List<CertificateFilter> filters) {
    world.cloud.add(name, bundle, filters);
  }

  @Override
  public void addByHand(String name, X509Certificate ca) {
    world.cloud.addByHand(name, ca);
  }

  @Override
  public void nextChangeFails() {
    world.cloud.faults.add(FakeCloud.Fault.FAILS);
  }

  @Override
  public void close() {
    // nothing runs
  }
}
