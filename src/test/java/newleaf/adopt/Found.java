package newleaf.adopt;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.cert.ToolCertificates;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.observed.LeafPlace;
import newleaf.observed.NamespaceReading;
import newleaf.observed.Observed;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Observer;
import newleaf.observed.Recorded;
import newleaf.observed.WorkerRef;
import newleaf.observed.WorkloadKind;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Scopes;

/// An account and a cluster as facts, the file made from them, and the plan that comes of it.
final class Found implements Cluster {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final String ACCOUNT = "acme1";

  final ToolCertificates year =
      new ToolCertificates(NOW.minus(Duration.ofDays(30)), Duration.ofDays(365));
  final ToolCertificates over =
      new ToolCertificates(NOW.minus(Duration.ofDays(400)), Duration.ofDays(365));

  private final List<NamespaceReading> namespaces = new ArrayList<>();
  private final List<FoundSecret> secrets = new ArrayList<>();
  private final List<FoundWorkload> workloads = new ArrayList<>();
  private final List<FoundOther> others = new ArrayList<>();

  Found namespace(String name, List<HeldCertificate> cas, CertificateFilter... filters) {
    List<X509Certificate> bundle = cas.stream().map(HeldCertificate::certificate).toList();
    namespaces.add(
        new NamespaceReading(
            new ObservedNamespace(
                name + "." + ACCOUNT,
                "v1",
                ObservedNamespace.State.ACTIVE,
                Optional.empty(),
                !bundle.isEmpty(),
                bundle.stream().map(Certificate::of).toList(),
                Pem.of(bundle).length(),
                Arrays.asList(filters),
                Optional.of("127.0.0.1:7233")),
            bundle));
    return this;
  }

  Found secret(String name, HeldCertificate leaf) {
    return secret(name, leaf, Optional.empty(), Optional.empty());
  }

  Found secret(
      String name, HeldCertificate leaf, Optional<String> problem, Optional<String> owner) {
    secrets.add(new FoundSecret(place(name), Optional.of(leaf.certificate()), problem, owner));
    return this;
  }

  Found deployment(String name, String... mounted) {
    return workload(WorkloadKind.DEPLOYMENT, name, Optional.empty(), mounted);
  }

  Found workload(WorkloadKind kind, String name, Optional<String> owner, String... mounted) {
    workloads.add(new FoundWorkload(new WorkerRef(kind, "apps", name), Set.of(mounted), owner));
    return this;
  }

  Found job(String name, String... mounted) {
    others.add(new FoundOther("job", "apps", name, Set.of(mounted)));
    return this;
  }

  private static LeafPlace.Secret place(String name) {
    return new LeafPlace.Secret("apps", name);
  }

  static CertificateFilter filter(String commonName) {
    return new CertificateFilter(
        Optional.of(commonName), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public List<FoundSecret> secrets() {
    return secrets;
  }

  @Override
  public List<FoundWorkload> workloads() {
    return workloads;
  }

  @Override
  public List<FoundOther> others() {
    return others;
  }

  Adopted adopted() {
    return Adoption.of(ACCOUNT, new AllNamespaces.Listing(namespaces, Map.of()), this, NOW);
  }

  String yaml() {
    return AdoptedYaml.of(
        adopted(),
        new AdoptedYaml.Setting(
            new AdoptedYaml.CloudAccess("saas-api.tmprl.cloud:443", "KEY", false, Optional.empty()),
            Optional.empty(),
            "keys"),
        NOW);
  }

  Desired desired() {
    return DesiredYaml.read(
        "imported.yaml", yaml().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /// As somebody edits it who wants no second plan for the removal.
  Desired retiringAfterVerify() {
    String edited = yaml().replace("\n    adopt:", "\n    retire: after-verify\n    adopt:");
    return DesiredYaml.read(
        "imported.yaml", edited.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  Plan plan() {
    return plan(desired(), NOW);
  }

  /// All pods are older than their Secrets.
  Plan plan(Desired desired, Instant asOf) {
    Observer observer =
        new Observer(
            names -> namespaces.stream().filter(n -> names.contains(n.namespace().name())).toList(),
            _ -> List.of(),
            (places, issuers) -> places.stream().map(p -> leaf(p, issuers)).toList(),
            questions -> questions.stream().map(q -> worker(q.worker())).toList());
    Observed observed = observer.observe(Scopes.of(desired), Recorded.NOTHING, asOf);
    return Planner.plan(desired, observed, asOf);
  }

  private ObservedLeaf leaf(LeafPlace place, newleaf.observed.Issuers issuers) {
    FoundSecret secret =
        secrets.stream().filter(s -> s.place().equals(place)).findFirst().orElseThrow();
    return new ObservedLeaf(
        place,
        secret.leaf().map(Certificate::of),
        secret.leaf().flatMap(issuers::of),
        secret.problem().isEmpty(),
        Optional.of("7"),
        Optional.of(NOW),
        secret.owner());
  }

  private static ObservedWorker worker(WorkerRef ref) {
    ObservedWorker.Pod pod =
        new ObservedWorker.Pod("old", true, Optional.empty(), Optional.of(Instant.EPOCH));
    return new ObservedWorker(ref, true, 1, true, Optional.empty(), true, List.of(pod));
  }
}
