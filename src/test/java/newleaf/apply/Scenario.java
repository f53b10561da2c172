package newleaf.apply;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.Fingerprint;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.desired.CaSpec;
import newleaf.desired.ClientSpec;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.desired.NamespaceSpec;
import newleaf.desired.WorkerSpec;
import newleaf.journal.Journal;
import newleaf.observed.Observed;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Scopes;

/// An example of `examples/` and the world that it meets.
///
/// @param state the folder of the journal
record Scenario(Desired desired, FakeWorld world, Path state) {
  static final Instant NOW = Instant.parse("2026-09-14T03:00:00Z");
  static final String BEFORE_LINE = "before a journal line";
  static final Set<String> NAMES = Set.of("ca-rollover", "first-run", "leaf-renewal");

  static Scenario of(String name) {
    return of(name, "", "");
  }

  /// The example with one text in it replaced.
  static Scenario of(String name, String text, String by) {
    Desired desired = read(name, text, by);
    return switch (name) {
      case "first-run" -> firstRun(desired);
      case "ca-rollover" -> running(desired, "2025-11-01T09:00:00Z", "2026-09-05T03:00:00Z");
      case "leaf-renewal" -> running(desired, "2026-03-01T09:00:00Z", "2026-08-23T03:00:00Z");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Desired read(String name, String text, String by) {
    String file = "examples/" + name + ".yaml";
    try {
      String yaml = Files.readString(Path.of(file));
      return DesiredYaml.read(file, yaml.replace(text, by).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// mTLS is off, there is no Secret, and so the pods wait for it.
  private static Scenario firstRun(Desired desired) {
    FakeWorld world = new FakeWorld(NOW);
    desired.namespaces().forEach(n -> world.cloud.add(n.name(), List.of(), List.of()));
    return peopled(desired, world);
  }

  /// One generation of the CA, and everybody on a leaf of it.
  private static Scenario running(Desired desired, String caMade, String leafIssued) {
    FakeWorld world = new FakeWorld(NOW);
    CaSpec spec = desired.cas().getFirst();
    CertificateAuthority ca =
        world.authorities.seed(spec.keys(), 1, spec.profile(), Instant.parse(caMade));
    for (NamespaceSpec n : desired.namespaces()) {
      world.cloud.add(n.name(), List.of(ca.certificate()), n.filters().orElse(List.of()));
    }
    Instant issued = Instant.parse(leafIssued);
    Scopes.of(desired)
        .places()
        .forEach(place ->
            world.leaves.put(
                place,
                world.authorities.leaf(ca, desired.leaves().getFirst().profile(), issued),
                issued));
    return peopled(desired, world);
  }

  /// The CA of the example, but somebody else made it and kept its key; as did they a leaf that is
  /// not as the YAML says.
  static Scenario adopted() {
    Instant made = Instant.parse("2025-11-01T09:00:00Z");
    CertificateAuthority ca = FakeAuthorities.foreign("Old CA", made);
    String adopt = "adopt: [" + Fingerprint.of(ca.certificate()).value() + "]\n    key: ";
    Desired desired = read("ca-rollover", "key: ", adopt);
    FakeWorld world = new FakeWorld(NOW);
    for (NamespaceSpec n : desired.namespaces()) {
      world.cloud.add(n.name(), List.of(ca.certificate()), n.filters().orElse(List.of()));
    }
    LeafProfile wanted = desired.leaves().getFirst().profile();
    LeafProfile odd =
        new LeafProfile(
            new Subject(
                wanted.subject().commonName(), Optional.of("Acme"), Optional.of("Payments")),
            KeyAlgorithm.EC_P384,
            Duration.ofDays(360),
            List.of("client.root.acme.x7qz"));
    Scopes.of(desired)
        .places()
        .forEach(place -> world.leaves.put(place, world.authorities.leaf(ca, odd, made), made));
    return peopled(desired, world);
  }

  private static Scenario peopled(Desired desired, FakeWorld world) {
    for (WorkerSpec worker : desired.workers()) {
      world.deploy(
          new FakeDeployment.About(
              worker.deployment().orElseThrow(),
              worker.place(),
              worker.namespace(),
              worker.taskQueue().orElseThrow()),
          3);
    }
    for (ClientSpec client : desired.clients()) {
      world.client(client.place().orElseThrow(), desired.namespaces().getFirst().name());
    }
    Path state = Jimfs.newFileSystem(Configuration.unix()).getPath("/state");
    return new Scenario(desired, world, state);
  }

  /// The namespace lets every subject pass, though the YAML asks for a filter.
  Scenario openFilters() {
    world.cloud.add(namespace(), world.cloud.bundle(namespace()), List.of());
    return this;
  }

  Journal journal() {
    return Journal.open(state, world.time);
  }

  Observed observe() {
    return world.observer().observe(Scopes.of(desired), journal().recorded(), world.time.instant());
  }

  Plan plan() {
    return Planner.plan(desired, observe(), world.time.instant());
  }

  FakeDeployment workers() {
    return world.cluster.deployments.values().iterator().next();
  }

  String namespace() {
    return desired.namespaces().getFirst().name();
  }

  static Applier.Options options(String run, Duration waitGates, String... approvals) {
    return new Applier.Options(run, waitGates, Set.of(approvals), "ann");
  }

  /// One `newleaf apply`: looks after what is unfinished, observes, plans, carries out.
  ///
  /// @return empty when nothing was due
  Optional<Applier.Result> apply(Applier.Options options) {
    return apply(options, new Tripwire(0));
  }

  Optional<Applier.Result> apply(Applier.Options options, Tripwire wire) {
    Ports ports = MortalPorts.of(world.ports(), wire);
    Applier applier = new Applier(ports, mortalJournal(wire), options, _ -> {});
    applier.resume();
    Plan plan = plan();
    return plan.isEmpty() ? Optional.empty() : Optional.of(applier.apply(plan));
  }

  /// A line carries its time, so asking for that is the moment before it is written.
  private Journal mortalJournal(Tripwire wire) {
    return Journal.open(
        state,
        () -> {
          wire.moment(BEFORE_LINE);
          return world.time.instant();
        });
  }
}
