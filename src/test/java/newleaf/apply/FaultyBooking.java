package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.protobuf.ByteString;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.namespace.v1.ReplicaSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.cloud.CloudChannel;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.emulator.cluster.Seed;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.kube.KubeWorkers;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Observer;
import newleaf.observed.WorkerRef;
import newleaf.plan.Blocker;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Scopes;

/// A namespace, a Deployment of three and its Secret, with a CA that is due, under names of their
/// own. Every two seconds each leaf in use is tried at each address of the frontend.
final class FaultyBooking {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  final FakeAuthorities authorities;
  private Ports ports;
  final String name;
  final String namespace;
  final LeafPlace.Secret secret;
  final WorkerRef worker;

  private CertificateAuthority firstCa;

  /// What the workers began with.
  HeldCertificate firstLeaf;

  /// What was shown in the last run.
  final List<ApplyEvent> events = new ArrayList<>();

  private final FaultRig rig;
  private final Desired desired;
  private final Path state = Jimfs.newFileSystem(Configuration.unix()).getPath("/state");
  private final Map<Fingerprint, HeldCertificate> everUsed = new LinkedHashMap<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private Instant nextLook = Instant.MIN;
  private int runs;
  private int pods = 3;

  /// @param yaml what is different in the file
  FaultyBooking(FaultRig rig, int number, UnaryOperator<String> yaml) {
    this.rig = rig;
    this.name = "booking" + number;
    this.namespace = FaultRig.NAMESPACE;
    this.secret = new LeafPlace.Secret(name, "tls");
    this.worker = WorkerRef.deployment(name, "worker");
    this.authorities = new FakeAuthorities(rig.time.virtual());
    this.ports = rig.ports(authorities, rig.channel, secret);
    this.desired = desired(yaml);
    past();
    rig.time.watch(this::look);
  }

  private Desired desired(UnaryOperator<String> change) {
    String yaml =
        """
        newleaf: 1
        account: sdvdw
        cas:
          booking:
            subject: {commonName: NAME CA}
            key: ec-p256
            validity: 365d
            renewBefore: 60d
            keys: {directory: keys}
            retire: after-verify
            soak: 10m
        namespaces:
          NAMESPACE:
            cas: [booking]
            filters: [{commonName: NAMESPACE}]
        leaves:
          booking-worker: {ca: booking, subject: {commonName: NAMESPACE}, validity: 30d, renewBefore: 10d}
        workers:
          booking:
            leaf: booking-worker
            namespace: NAMESPACE
            secret: NAME/tls
            deployment: NAME/worker
            restart: rolling
        """;
    return DesiredYaml.read(
        "newleaf.yaml",
        change
            .apply(yaml)
            .replace("NAMESPACE", namespace)
            .replace("NAME", name)
            .getBytes(StandardCharsets.UTF_8));
  }

  private void past() {
    Instant now = rig.time.instant();
    CaSpec ca = desired.cas().getFirst();
    CertificateAuthority old =
        authorities.seed(ca.keys(), 1, ca.profile(), now.minus(Duration.ofDays(320)));
    HeldCertificate leaf =
        authorities.leaf(old, desired.leaves().getFirst().profile(), now.minus(Duration.ofDays(5)));
    rig.emulator.account().endNow(namespace);
    firstCa = old;
    firstLeaf = leaf;
    assertThat(rig.emulator.account().add(spec(namespace, old))).isEqualTo(namespace);
    Seed seed = rig.cluster.cluster().seed();
    seed.namespace(name);
    seed.tlsSecret(name, "tls", leaf);
    seed.deployment(new Seed.Workload(name, "worker", pods, "tls", Map.of()));
    until("the workers run", () -> observed().rolledOut());
  }

  /// Another namespace accepts the old CA too; its file has no filters for it.
  void alsoTrustedBy(String other) {
    NamespaceSpec.Builder spec = spec(other, firstCa).toBuilder();
    spec.getMtlsAuthBuilder().clearCertificateFilters();
    assertThat(rig.emulator.account().add(spec.build())).isEqualTo(other + ".sdvdw");
  }

  private NamespaceSpec spec(String fullName, CertificateAuthority ca) {
    return NamespaceSpec.newBuilder()
        .setName(fullName.replace(".sdvdw", ""))
        .addReplicas(ReplicaSpec.newBuilder().setRegion("aws-eu-central-1"))
        .setRetentionDays(7)
        .setMtlsAuth(
            MtlsAuthSpec.newBuilder()
                .setEnabled(true)
                .setAcceptedClientCa(ByteString.copyFromUtf8(Pem.of(ca.certificate())))
                .addCertificateFilters(CertificateFilterSpec.newBuilder().setCommonName(namespace)))
        .build();
  }

  static void until(String what, java.util.function.BooleanSupplier holds) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /// From now on newleaf waits that long for an answer.
  void waitsForAnswers(CloudChannel channel) {
    ports = rig.ports(authorities, channel, secret);
  }

  Ports ports() {
    return ports;
  }

  /// Somebody deletes the pods that do not come up.
  void unreadyPodsAreDeleted() {
    observed().pods().stream()
        .filter(p -> !p.ready())
        .forEach(p -> rig.somebody.pods().inNamespace(name).withName(p.name()).delete());
    until("the Deployment has rolled out", () -> observed().rolledOut());
  }

  ObservedWorker observed() {
    return new KubeWorkers(rig.kube)
        .read(List.of(new newleaf.observed.Workers.Question(worker, secret)))
        .getFirst();
  }

  Plan plan() {
    Observer observer =
        new Observer(
            ports.namespaces(),
            authorities,
            ports.leaves(),
            new KubeWorkers(rig.kube),
            ports.others());
    Instant now = rig.time.instant();
    return Planner.plan(
        desired, observer.observe(Scopes.of(desired), journal().recorded(), now), now);
  }

  Journal journal() {
    return Journal.open(state, rig.time);
  }

  /// Somebody wants that many pods.
  void scaledBySomebodyTo(int replicas) {
    pods = replicas;
  }

  /// One `newleaf apply`.
  void apply() {
    apply(() -> {});
  }

  /// @param between what happens after planning
  void apply(Runnable between) {
    events.clear();
    var options =
        new Applier.Options(name + "run" + ++runs, Duration.ofMinutes(15), Set.of(), "ann");
    Applier applier = new Applier(ports, journal(), options, events::add);
    Scenario.throwFirst(applier.resume());
    Plan plan = plan();
    plan.blockers().stream().findFirst().ifPresent(FaultyBooking::refuse);
    between.run();
    if (!plan.isEmpty()) {
      Applier.Result _ = Scenario.carriedOut(applier, plan);
    }
  }

  /// A pod that waits to be started again may come between a look and the plan.
  private static void refuse(Blocker blocker) {
    throw new NewleafException(new Failure.Refused(blocker.text()));
  }

  /// What a run says that fails: code, place, what and why, and what to do.
  NewleafException failedApply() {
    NewleafException failed = catchThrowableOfType(NewleafException.class, this::apply);
    assertThat(failed).as("the run should have failed").isNotNull();
    return failed;
  }

  /// What the last run told on the way.
  List<String> notes() {
    return events.stream()
        .flatMap(e ->
            e instanceof ApplyEvent.Noted(_, String what)
                ? java.util.stream.Stream.of(what)
                : java.util.stream.Stream.empty())
        .toList();
  }

  /// The fault is gone; one more run, and everything is as it should be.
  void nextRunEndsAsIfNothingHadBeen() {
    rig.emulator.faults().clear();
    rig.cluster.faults().clear();
    apply();
    isDone();
  }

  /// The names of the CAs that are accepted now.
  List<String> accepted() {
    return rig.read(namespace).namespace().acceptedClientCas().stream()
        .map(c -> c.subject().commonName().orElse(""))
        .toList();
  }

  String oldCa() {
    return name + " CA G1";
  }

  String newCa() {
    return name + " CA G2";
  }

  /// The CA was rotated once, every pod is on a leaf of the new one, and no leaf in use was
  /// refused.
  void isDone() {
    assertThat(plan().isEmpty()).isTrue();
    assertThat(accepted()).containsExactly(newCa());
    rotatedOnce();
  }

  void rotatedOnce() {
    assertThat(authorities.made).containsExactly("ca/booking-g2");
    ObservedWorker now = observed();
    assertThat(now.rolledOut()).isTrue();
    assertThat(now.pods()).hasSize(pods);
    Fingerprint current = ports.delivery().current(secret).orElseThrow().fingerprint();
    assertThat(rig.pods.held(name))
        .extracting(HeldCertificate::fingerprint)
        .hasSize(pods)
        .containsOnly(current);
    nobodyWasRefused();
  }

  void nobodyWasRefused() {
    nextLook = Instant.MIN;
    look();
    assertThat(refused).isEmpty();
    for (Fingerprint leaf : everUsed.keySet()) {
      assertThat(rig.emulator.handshakes().refused(leaf)).isZero();
    }
    assertThat(everUsed).hasSizeGreaterThanOrEqualTo(1);
  }

  /// Operations that the journal has sent to the service, by step.
  Set<String> operations() {
    Set<String> ids = new HashSet<>();
    journal()
        .entries()
        .forEach(e -> {
          if (e instanceof Entry.Begun begun) {
            begun.operation().ifPresent(ids::add);
          }
        });
    return ids;
  }

  private void look() {
    Instant now = rig.time.instant();
    if (now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(LOOK_EVERY);
    Set<HeldCertificate> inUse = new HashSet<>(rig.pods.held(name));
    inUse.forEach(leaf -> everUsed.put(leaf.fingerprint(), leaf));
    var endpoint = new Prover.Endpoint(namespace, rig.emulator.frontendAddress(namespace));
    Set<Fingerprint> tried = new HashSet<>();
    for (HeldCertificate leaf : inUse) {
      if (tried.add(leaf.fingerprint())
          && !(rig.prover.connect(endpoint, leaf) instanceof Prover.Verdict.Accepted)) {
        refused.add(now + " " + leaf.fingerprint().shortText());
      }
    }
  }
}
