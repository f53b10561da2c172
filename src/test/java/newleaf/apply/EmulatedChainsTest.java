package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.desired.Desired;
import newleaf.desired.Restart;
import newleaf.desired.WorkerSpec;
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
  private static final int STAGES_AT_MOST = 6;

  private Scenario scenario;
  private EmulatedCloud cloud;
  private Ports ports;

  static List<String> scenarios() {
    return List.copyOf(Scenarios.all().keySet());
  }

  @AfterEach
  void close() {
    cloud.close();
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
        new Observer(
            ports.namespaces(), world.authorities, world.leaves, world.cluster, world.others);
    var now = world.time.instant();
    return scenario.plan(
        observer.observe(Scopes.of(scenario.desired()), scenario.journal().recorded(), now));
  }

  private void start(String name) {
    scenario = Scenario.of(name, withoutDeployments(Scenario.read(name, "", "")));
    FakeWorld world = scenario.world();
    cloud = new EmulatedCloud(world.time);
    ports =
        new Ports(
            cloud.namespaces(),
            cloud.updates(),
            world.authorities,
            world.authorities,
            world.leaves,
            world.others,
            world.leaves,
            world.cluster,
            cloud.prover(),
            world.time);
    List<String> names = scenario.desired().namespaces().stream().map(n -> n.name()).toList();
    for (NamespaceReading namespace : world.cloud.read(names)) {
      String id = namespace.namespace().name();
      cloud.add(id, namespace.acceptedClientCas(), namespace.namespace().filters());
      if (namespace.namespace().operation().isPresent()) {
        changeOfSomebodyElse(id);
      }
    }
  }

  private static Desired withoutDeployments(Desired all) {
    return new Desired(
        all.file(),
        all.digest(),
        all.account(),
        all.cloud(),
        all.kubeContext(),
        all.state(),
        all.temporal(),
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

  /// An update that is accepted, and whose end nobody waits for.
  private void changeOfSomebodyElse(String namespace) {
    cloud.emulator.account().edit(namespace, s -> s.toBuilder().setRetentionDays(8).build());
    String version =
        ports.namespaces().read(List.of(namespace)).getFirst().namespace().resourceVersion();
    try {
      ports
          .updates()
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
