package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import newleaf.NewleafException;
import newleaf.observed.LeafPlace;
import newleaf.plan.Scopes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills `apply` at every moment of a rotation, starts it again until nothing is due, and compares
/// with a run that was left alone.
class CrashTest {
  private static final Duration SOAK = Duration.ofMinutes(10);
  private static final Duration UNTIL_RESTART = Duration.ofSeconds(3);
  private static final int PAIRS = 60;
  private static final Map<String, Supplier<Scenario>> SCENARIOS =
      new TreeMap<>(
          Map.of(
              "first run", () -> Scenario.of("first-run"),
              "CA renewal with the same key", () -> Scenario.of("ca-same-key"),
              "CA rollover", () -> Scenario.of("ca-rollover"),
              "CA rollover with an approval",
                  () -> Scenario.of("ca-rollover", "retire: after-verify", "retire: manual"),
              "CA rollover by scaling",
                  () -> Scenario.of("ca-rollover", "restart: rolling", "restart: scale"),
              "CA rollover with new filters", () -> Scenario.of("ca-rollover").openFilters(),
              "adopted CA", Scenario::adopted,
              "leaf renewal", () -> Scenario.of("leaf-renewal"),
              "rollback", () -> Scenario.of("rollback")));

  static List<String> scenarios() {
    return List.copyOf(SCENARIOS.keySet());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void killedAtAnyMomentItEndsAsIfLeftAlone(String name) throws IOException {
    Tripwire counter = new Tripwire(0);
    End undisturbed = runToTheEnd(SCENARIOS.get(name).get(), counter);
    int torn = 0;
    for (int k = 1; k <= counter.moments.size(); k++) {
      String moment = name + ", killed " + counter.moments.get(k - 1) + " (moment " + k + ")";
      assertThat(killedAt(name, false, k)).as(moment).isEqualTo(undisturbed);
      if (counter.moments.get(k - 1).equals(Scenario.BEFORE_LINE)) {
        assertThat(killedAt(name, true, k)).as("%s, torn", moment).isEqualTo(undisturbed);
        torn++;
      }
    }
    System.out.printf(
        "CrashTest: %s: %d moments, %d of them before a journal line and again with it torn%n",
        name, counter.moments.size(), torn);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void killedTwiceItEndsAsIfLeftAlone(String name) throws IOException {
    Tripwire counter = new Tripwire(0);
    End undisturbed = runToTheEnd(SCENARIOS.get(name).get(), counter);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < PAIRS; i++) {
      int first = 1 + random.nextInt(counter.moments.size());
      int second = 1 + random.nextInt(40);
      assertThat(killedAt(name, random.nextBoolean(), first, second))
          .as("%s, killed at %d and then at %d", name, first, second)
          .isEqualTo(undisturbed);
    }
  }

  /// The workers drop after the old CA went, and the run is killed anywhere around its way back.
  @ParameterizedTest
  @ValueSource(strings = {"CA rollover", "adopted CA"})
  void killedWhilePuttingTheOldCaBackItIsAcceptedAfterwards(String name) {
    Tripwire counter = new Tripwire(0);
    Scenario first = dropping(name);
    assertThatThrownBy(() -> first.apply(Scenario.options("retire", SOAK), counter))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL5105");
    assertThat(first.world().cloud.bundle(first.namespace())).hasSize(2);
    List<Integer> tried = aroundTheUpdates(counter.moments);
    for (int k : tried) {
      Scenario scenario = dropping(name);
      Tripwire wire = new Tripwire(k);
      assertThatThrownBy(() -> scenario.apply(Scenario.options("retire", SOAK), wire))
          .isInstanceOfAny(Tripwire.Killed.class, NewleafException.class);
      scenario.world().time.pause(UNTIL_RESTART);
      resumeOnly(scenario);
      assertThat(scenario.world().cloud.bundle(scenario.namespace()))
          .as("killed %s (moment %d)", counter.moments.get(k - 1), k)
          .hasSize(2);
      assertThat(scenario.journal().unfinished()).isEmpty();
    }
    System.out.printf(
        "CrashTest: %s, putting back: %d moments of %d%n",
        name, tried.size(), counter.moments.size());
  }

  /// An id is good for one operation, so the next try needs another.
  @ParameterizedTest
  @ValueSource(strings = {"CA rollover", "adopted CA"})
  void puttingTheOldCaBackIsTriedAgainWhenItsOperationFailed(String name) {
    Scenario scenario = dropping(name);
    Applier applier =
        new Applier(
            scenario.world().ports(),
            scenario.journal(),
            Scenario.options("retire", SOAK),
            event -> failWhenPuttingBack(scenario, event));
    assertThatThrownBy(() -> Scenario.carriedOut(applier, scenario.plan()))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("operation FAILED");
    assertThat(scenario.world().cloud.bundle(scenario.namespace())).hasSize(1);
    resumeOnly(scenario);
    assertThat(scenario.world().cloud.bundle(scenario.namespace())).hasSize(2);
    assertThat(scenario.journal().unfinished()).isEmpty();
  }

  private static void failWhenPuttingBack(Scenario scenario, ApplyEvent event) {
    if (event instanceof ApplyEvent.Noted noted && noted.what().startsWith("putting ")) {
      scenario.world().cloud.faults.add(FakeCloud.Fault.FAILS);
    }
  }

  /// All moments but those of the long wait for pollers, of which every 97th will do.
  private static List<Integer> aroundTheUpdates(List<String> moments) {
    int from = moments.indexOf("after update");
    int to = moments.lastIndexOf("before update");
    return IntStream.rangeClosed(1, moments.size())
        .filter(k -> k < from + 20 || k > to - 20 || k % 97 == 0)
        .boxed()
        .toList();
  }

  private static Scenario dropping(String name) {
    Scenario scenario = SCENARIOS.get(name).get();
    scenario.workers().mountsOldLeaf = true;
    scenario.workers().connectionAge = Duration.ofSeconds(1);
    Optional<Applier.Result> _ = scenario.apply(Scenario.options("move", Duration.ZERO));
    scenario.world().time.pause(SOAK);
    return scenario;
  }

  private static void resumeOnly(Scenario scenario) {
    Applier applier =
        new Applier(
            scenario.world().ports(), scenario.journal(), Scenario.options("later", SOAK), _ -> {});
    try {
      Scenario.throwFirst(applier.resume());
    } catch (NewleafException e) {
      assertThat(e).hasMessageContaining("NL5105");
    }
  }

  private static End killedAt(String name, boolean torn, int... moments) throws IOException {
    Scenario scenario = SCENARIOS.get(name).get();
    for (int moment : moments) {
      try {
        return runToTheEnd(scenario, new Tripwire(moment));
      } catch (Tripwire.Killed _) {
        scenario.world().time.pause(UNTIL_RESTART);
        if (torn) {
          tear(scenario.state().resolve("journal.jsonl"));
        }
      }
    }
    return runToTheEnd(scenario, new Tripwire(0));
  }

  /// The beginning of a line, as a power cut leaves it.
  private static void tear(Path journal) throws IOException {
    if (Files.exists(journal)) {
      Files.writeString(journal, "{\"seq\":9,\"at\":\"2026-", StandardOpenOption.APPEND);
    }
  }

  private static End runToTheEnd(Scenario scenario, Tripwire wire) {
    for (int run = 1; run <= 10; run++) {
      String id = "run%s-%d".formatted(scenario.journal().entries().size(), run);
      Optional<Applier.Result> result =
          scenario.apply(Scenario.options(id, Duration.ZERO, "retire/ca/booking-g1"), wire);
      if (result.isEmpty()) {
        return End.of(scenario);
      }
      if (!result.get().waiting().isEmpty()) {
        scenario.world().time.pause(SOAK);
      }
    }
    throw new AssertionError("ten runs and no end: " + scenario.plan().steps());
  }

  /// What must be the same however often a run was killed. A roll may be missing: pods that waited
  /// for their first Secret start on the right leaf by themselves.
  private record End(
      List<String> effects,
      boolean rolledOnceAtMost,
      List<String> trusted,
      List<String> filters,
      List<String> leaves,
      List<String> pods,
      List<String> refusedInUse,
      int rejectedHandshakes,
      int unfinished) {
    static End of(Scenario scenario) {
      FakeWorld world = scenario.world();
      var namespace = scenario.observe().namespaces().getFirst();
      return new End(
          world.effects().stream().filter(e -> !e.startsWith("roll ")).toList(),
          world.effects().stream().filter(e -> e.startsWith("roll ")).distinct().count()
              == world.effects().stream().filter(e -> e.startsWith("roll ")).count(),
          namespace.acceptedClientCas().stream().map(c -> c.subject().value()).toList(),
          namespace.filters().stream().map(f -> f.text()).toList(),
          Scopes.of(scenario.desired()).places().stream().map(p -> leaf(world, p)).toList(),
          scenario.workers().pods.stream()
              .map(p -> p.ready + " " + p.loaded.map(l -> world.roles().get(l.fingerprint())))
              .toList(),
          new ArrayList<>(world.refusedInUse),
          scenario.workers().rejectedHandshakes,
          scenario.journal().unfinished().size());
    }

    private static String leaf(FakeWorld world, LeafPlace place) {
      var leaf = world.leaves.current(place).orElseThrow();
      return world.roles().get(leaf.fingerprint())
          + " from "
          + leaf.certificate().getIssuerX500Principal();
    }
  }
}
