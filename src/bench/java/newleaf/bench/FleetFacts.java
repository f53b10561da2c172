package newleaf.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import newleaf.bench.Fleet.Authority;
import newleaf.bench.Fleet.Holding;
import newleaf.bench.Fleet.Tenant;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.Pem;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.JournalPosition;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Recorded;

/// A fleet as the planner gets it, with nothing asked over a network.
record FleetFacts(Fleet fleet) {
  private static final int REPLICAS = 2;

  Desired desired() {
    byte[] yaml = FleetYaml.of(fleet, "127.0.0.1:1").getBytes(StandardCharsets.UTF_8);
    return DesiredYaml.read("newleaf.yaml", yaml);
  }

  Observed observed() {
    return new Observed(
        fleet.at(),
        fleet.tenants().stream().map(FleetFacts::namespace).toList(),
        fleet.authorities().stream().map(FleetFacts::ca).toList(),
        fleet.tenants().stream().flatMap(t -> t.holdings().stream().map(h -> leaf(t, h))).toList(),
        fleet.holdings().stream().flatMap(h -> worker(h).stream()).toList(),
        recorded());
  }

  private static ObservedNamespace namespace(Tenant tenant) {
    return new ObservedNamespace(
        tenant.fullName(),
        "1",
        ObservedNamespace.State.ACTIVE,
        Optional.empty(),
        true,
        tenant.bundle().stream().map(Certificate::of).toList(),
        Pem.of(tenant.bundle()).length(),
        tenant.filters(),
        Optional.of("127.0.0.1:7233"));
  }

  private static ObservedCa ca(Authority ca) {
    return new ObservedCa(ca.name(), 1, Certificate.of(ca.held().certificate()), true);
  }

  private static ObservedLeaf leaf(Tenant tenant, Holding holding) {
    return new ObservedLeaf(
        holding.place(),
        Optional.of(Certificate.of(holding.leaf().certificate())),
        Optional.of(tenant.ca().held().fingerprint()),
        true,
        Optional.of("1"),
        Optional.of(holding.writtenAt()),
        Optional.empty());
  }

  private static Optional<ObservedWorker> worker(Holding holding) {
    Instant started = holding.writtenAt().plus(Duration.ofMinutes(1));
    return holding
        .deployment()
        .map(ref ->
            new ObservedWorker(
                ref,
                true,
                REPLICAS,
                true,
                Optional.empty(),
                true,
                IntStream.range(0, REPLICAS).mapToObj(i -> pod(holding, i, started)).toList()));
  }

  private static ObservedWorker.Pod pod(Holding holding, int number, Instant started) {
    Fingerprint leaf = holding.leaf().fingerprint();
    return new ObservedWorker.Pod(
        holding.name() + "-" + number, true, Optional.of(leaf), Optional.of(started));
  }

  /// The ledger has every leaf there is.
  private Recorded recorded() {
    List<IssuedLeaf> issued =
        fleet.tenants().stream()
            .flatMap(t -> t.holdings().stream().map(h -> issued(t, h)))
            .toList();
    return new Recorded(JournalPosition.START, Map.of(), Set.of(), Set.of(), List.of(), issued);
  }

  private static IssuedLeaf issued(Tenant tenant, Holding holding) {
    return new IssuedLeaf(
        holding.place().address(),
        holding.leaf().fingerprint(),
        tenant.ca().held().fingerprint(),
        holding.leaf().certificate().getNotAfter().toInstant(),
        holding.kind().profile(),
        List.of(tenant.fullName()),
        List.of());
  }
}
