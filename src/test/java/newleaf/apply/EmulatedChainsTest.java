package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.namespace.v1.ReplicaSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Pem;
import newleaf.cloud.CloudChannel;
import newleaf.cloud.CloudEndpoint;
import newleaf.cloud.GrpcNamespaceUpdates;
import newleaf.cloud.GrpcNamespaces;
import newleaf.cloud.TlsProver;
import newleaf.desired.Desired;
import newleaf.desired.Restart;
import newleaf.desired.WorkerSpec;
import newleaf.emulator.Emulator;
import newleaf.emulator.EmulatorSettings;
import newleaf.emulator.cloud.ApiKeys;
import newleaf.emulator.cloud.Settings;
import newleaf.emulator.frontend.ConnectionAge;
import newleaf.observed.NamespaceReading;
import newleaf.observed.Observer;
import newleaf.plan.Plan;
import newleaf.plan.Scopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scenarios of the golden plans again, this time against the emulator: its rules judge every
/// update, over gRPC, and its frontends judge every leaf, over TLS. Time is virtual. Workers reload
/// by themselves here; Deployments and pollers are other tests' matter.
final class EmulatedChainsTest {
  private static final String API_KEY = "key-of-the-test";
  private static final Duration LATENCY = Duration.ofSeconds(8);
  private static final int STAGES_AT_MOST = 6;

  private Scenario scenario;
  private Emulator emulator;
  private CloudChannel channel;
  private Ports ports;

  static List<String> scenarios() {
    return List.copyOf(Scenarios.all().keySet());
  }

  @AfterEach
  void close() {
    channel.close();
    emulator.close();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void plansAreAppliedOnTheEmulatorUntilNothingIsDue(String name) {
    start(name);
    Plan plan = plan();
    for (int stage = 1; !Chain.ends(plan); stage++) {
      assertThat(stage).isLessThan(STAGES_AT_MOST);
      Chain.gateOpens(plan).ifPresent(scenario.world().time::advanceTo);
      var options = Scenario.options("run" + stage, Duration.ZERO, Chain.approvals(plan));
      Applier.Result result = new Applier(ports, scenario.journal(), options, _ -> {}).apply(plan);
      assertThat(result.done()).isPositive();
      plan = plan();
    }
    assertThat(Chain.end(plan)).isEqualTo(Scenarios.all().get(name).end());
    if (plan.applyable()) {
      everyLeafInPlaceIsAccepted();
    }
  }

  private void everyLeafInPlaceIsAccepted() {
    for (WorkerSpec worker : scenario.desired().workers()) {
      var endpoint = new World(ports).endpoint(worker.namespace());
      var leaf = scenario.world().leaves.current(worker.place()).orElseThrow();
      assertThat(ports.prover().connect(endpoint, leaf)).isEqualTo(new Prover.Verdict.Accepted());
    }
  }

  private Plan plan() {
    FakeWorld world = scenario.world();
    Observer observer =
        new Observer(ports.namespaces(), world.authorities, world.leaves, world.cluster);
    var now = world.time.instant();
    return scenario.plan(
        observer.observe(Scopes.of(scenario.desired()), scenario.journal().recorded(), now));
  }

  private void start(String name) {
    scenario = Scenario.of(name, withoutDeployments(Scenario.read(name, "", "")));
    FakeWorld world = scenario.world();
    emulator = Emulator.start(settings(), world.time);
    channel =
        new CloudChannel(
            new CloudEndpoint(
                emulator.cloudAddress(), () -> API_KEY, "the test", true, Optional.empty()));
    ports =
        new Ports(
            new GrpcNamespaces(channel, world.time, new Random(7)),
            updates(world),
            world.authorities,
            world.authorities,
            world.leaves,
            world.others,
            world.leaves,
            world.cluster,
            new TlsProver(
                Optional.of(emulator.serverCaPem()),
                TlsProver.Lookup.dns(),
                TlsProver.DEFAULT_LIMIT),
            world.time);
    List<String> names = scenario.desired().namespaces().stream().map(n -> n.name()).toList();
    for (NamespaceReading namespace : world.cloud.read(names)) {
      String id = emulator.account().add(spec(namespace));
      if (namespace.namespace().operation().isPresent()) {
        changeOfSomebodyElse(id);
      }
    }
  }

  private GrpcNamespaceUpdates updates(FakeWorld world) {
    return new GrpcNamespaceUpdates(
        channel, world.time, new Random(7), GrpcNamespaceUpdates.DEFAULT_LIMIT);
  }

  private static EmulatorSettings settings() {
    return new EmulatorSettings(
        new Settings(
            "sdvdw",
            new ApiKeys(Set.of(API_KEY)),
            LATENCY,
            Duration.ofMillis(500),
            OptionalInt.empty()),
        ConnectionAge.USUAL,
        Optional.empty());
  }

  private static Desired withoutDeployments(Desired all) {
    return new Desired(
        all.file(),
        all.digest(),
        all.account(),
        all.cloud(),
        all.kubeContext(),
        all.cas(),
        all.namespaces(),
        all.leaves(),
        all.workers().stream().map(EmulatedChainsTest::outside).toList(),
        all.clients());
  }

  private static WorkerSpec outside(WorkerSpec worker) {
    return new WorkerSpec(
        worker.name(),
        worker.leaf(),
        worker.namespace(),
        Optional.empty(),
        worker.place(),
        Optional.empty(),
        Restart.NONE,
        worker.at());
  }

  private static NamespaceSpec spec(NamespaceReading reading) {
    MtlsAuthSpec.Builder mtls =
        MtlsAuthSpec.newBuilder()
            .setEnabled(reading.namespace().mtlsEnabled())
            .setAcceptedClientCa(ByteString.copyFromUtf8(Pem.of(reading.acceptedClientCas())));
    reading.namespace().filters().forEach(f -> mtls.addCertificateFilters(message(f)));
    return NamespaceSpec.newBuilder()
        .setName(reading.namespace().name().replace(".sdvdw", ""))
        .addReplicas(ReplicaSpec.newBuilder().setRegion("aws-eu-central-1"))
        .setRetentionDays(7)
        .setMtlsAuth(mtls)
        .build();
  }

  private static CertificateFilterSpec message(CertificateFilter filter) {
    return CertificateFilterSpec.newBuilder()
        .setCommonName(filter.commonName().orElse(""))
        .setOrganization(filter.organization().orElse(""))
        .setOrganizationalUnit(filter.organizationalUnit().orElse(""))
        .setSubjectAlternativeName(filter.subjectAlternativeName().orElse(""))
        .build();
  }

  /// An update that is accepted, and whose end nobody waits for.
  private void changeOfSomebodyElse(String namespace) {
    emulator.account().edit(namespace, s -> s.toBuilder().setRetentionDays(8).build());
    String version =
        ports.namespaces().read(List.of(namespace)).getFirst().namespace().resourceVersion();
    try {
      updates(scenario.world())
          .update(
              namespace,
              version,
              new TrustChange(List.of(), Set.of(), Optional.of(List.of())),
              new OperationId("of-somebody-else"),
              () -> {
                throw new Gone();
              });
    } catch (Gone _) {
      // it left, and its operation runs
    }
  }

  private static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
