package newleaf.apply;

import java.util.Optional;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observer;
import newleaf.observed.OtherSecrets;
import newleaf.plan.Plan;
import newleaf.plan.Scopes;
import newleaf.workflow.RemoteClusters;

/// A scenario all of whose Secrets and workloads are in a cluster that home does not reach.
final class RemoteScenario extends SharedScenario {
  private final RemoteClusters remote;

  /// Each time that a leaf was issued, and not used yet.
  Runnable issued = () -> {};

  RemoteScenario(Scenario scenario, RemoteTemporal temporal) {
    super(scenario, () -> java.time.Instant.ofEpochMilli(temporal.environment.currentTimeMillis()));
    this.remote = temporal.clusters;
  }

  static Scenario rollover() {
    return Scenario.of("ca-rollover", "    secret: ", "    cluster: eu1\n    secret: ");
  }

  private ClusterPorts cluster(String name) {
    return remote.ports().get(name);
  }

  @Override
  Ports ports() {
    Ports near = super.ports();
    return new Ports(
        near.namespaces(),
        near.updates(),
        near.cas(),
        near.caKeys(),
        Clustered.leaves(c -> cluster(c.orElseThrow()).leaves()),
        others(),
        delivery(),
        Clustered.rolls(c -> cluster(c.orElseThrow()).rolls()),
        remote.prover(near.prover()),
        near.time());
  }

  private LeafDelivery delivery() {
    LeafDelivery real = Clustered.delivery(c -> cluster(c.orElseThrow()).delivery());
    return new LeafDelivery() {
      @Override
      public HeldCertificate issue(LeafPlace place, LeafProfile profile, LeafSource source) {
        HeldCertificate leaf = real.issue(place, profile, source);
        issued.run();
        return leaf;
      }

      @Override
      public void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> version) {
        real.deliver(place, leaf, version);
      }

      @Override
      public Optional<HeldCertificate> current(LeafPlace place) {
        return real.current(place);
      }

      @Override
      public Optional<HeldCertificate> previous(LeafPlace place) {
        return real.previous(place);
      }
    };
  }

  private OtherSecrets others() {
    var places = Clustered.byCluster(Scopes.of(scenario.desired()).places());
    return Clustered.others(
        places.keySet(), c -> cluster(c.orElseThrow()).others().apply(places.get(c)));
  }

  @Override
  Plan plan() {
    FakeWorld world = scenario.world();
    Observer observer =
        new Observer(
            world.cloud,
            world.authorities,
            Clustered.leaves(c -> cluster(c.orElseThrow()).leaves()),
            Clustered.workers(c -> cluster(c.orElseThrow()).workers()),
            others());
    return scenario.plan(
        observer.observe(
            Scopes.of(scenario.desired()), scenario.journal().recorded(), world.time.instant()));
  }
}
