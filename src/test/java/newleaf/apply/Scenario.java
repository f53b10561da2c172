package newleaf.apply;

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
import newleaf.NewleafException;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.Fingerprint;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.journal.Journal;
import newleaf.observed.Observed;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Rollback;
import newleaf.plan.Scopes;

/// An example of `examples/` and the world that it meets.
///
/// @param state the folder of the journal
/// @param wish the rollback that somebody wants, until the journal has it
record Scenario(Desired desired, FakeWorld world, Path state, Optional<Rollback> wish) {
  static final Instant NOW = Instant.parse("2026-09-14T03:00:00Z");
  static final String BEFORE_LINE = "before a journal line";

  static Scenario of(String name) {
    return of(name, "", "");
  }

  /// The example with one text in it replaced.
  static Scenario of(String name, String text, String by) {
    Desired desired = read(name, text, by);
    return of(name, desired);
  }

  /// The past of an example, met by another desired state.
  static Scenario of(String name, Desired desired) {
    return Scenarios.all().get(name).past().apply(new Past(desired)).now();
  }

  static Desired read(String name, String text, String by) {
    String file = "examples/" + name + ".yaml";
    try {
      String yaml = Files.readString(Path.of(file));
      return DesiredYaml.read(file, yaml.replace(text, by).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The CA of the example, but somebody else made it and kept its key; as did they a leaf that is
  /// not as the YAML says.
  static Scenario adopted() {
    Instant made = Instant.parse("2025-11-01T09:00:00Z");
    CertificateAuthority ca = FakeAuthorities.foreign("Old CA", made);
    String adopt = "adopt: [" + Fingerprint.of(ca.certificate()).value() + "]\n    key: ";
    Desired desired = read("ca-rollover", "key: ", adopt);
    LeafProfile odd =
        new LeafProfile(
            new Subject(
                desired.leaves().getFirst().profile().subject().commonName(),
                Optional.of("Acme"),
                Optional.of("Payments")),
            KeyAlgorithm.EC_P384,
            Duration.ofDays(360),
            List.of("client.root.acme.x7qz"));
    return new Past(desired).issued(ca, odd, made).now();
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
    return plan(observe());
  }

  Plan plan(Observed observed) {
    Optional<Rollback> wanted = wish.filter(w -> observed.recorded().rolledBack(w.ca()).isEmpty());
    return Planner.plan(desired, observed, observed.at(), wanted);
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
    throwFirst(applier.resume());
    Plan plan = plan();
    return plan.isEmpty() ? Optional.empty() : Optional.of(carriedOut(applier, plan));
  }

  /// As a run that stops at the first failure.
  static Applier.Result carriedOut(Applier applier, Plan plan) {
    Applier.Result result = applier.apply(plan);
    throwFirst(result.failures());
    return result;
  }

  static void throwFirst(List<Ending.Failed> failures) {
    if (!failures.isEmpty()) {
      throw new NewleafException(failures.getFirst().failure());
    }
  }

  /// A line carries its time, so asking for that is the moment before it is written.
  Journal mortalJournal(Tripwire wire) {
    return Journal.open(
        state,
        () -> {
          wire.moment(BEFORE_LINE);
          return world.time.instant();
        });
  }
}
