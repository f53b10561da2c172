package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Pace.OnFailure;
import newleaf.desired.DesiredYaml;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import newleaf.plan.Waits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which steps are under way together, on plans for made-up fleets. The test is the crew: it says
/// which step ends next, by a seed.
class CourseTest {
  private static final int NAMESPACES = 24;
  private static final Duration SOAK = Duration.ofSeconds(1);

  /// Each piece of work stands in a thread of its own until it is let go; only one runs at a time.
  private static final class Foreman implements Crew {
    final Map<Step, Claims> underWay = new LinkedHashMap<>();
    final List<Step> begun = new ArrayList<>();
    int most;
    long mostOperations;
    Optional<Integer> stopAfter = Optional.empty();
    Consumer<Step> act = _ -> {};
    private final Map<Step, Exchanger<String>> gates = new LinkedHashMap<>();
    private final Exchanger<String> here = new Exchanger<>();
    private final Random random;
    private final FakeTime clock = new FakeTime(Scenario.NOW);
    Duration tick = Duration.ZERO;
    private final Timeline time =
        new Timeline() {
          @Override
          public Instant instant() {
            clock.pause(tick);
            return clock.instant();
          }

          @Override
          public void pause(Duration duration) {
            clock.pause(duration);
          }
        };

    Foreman(long seed) {
      random = new Random(seed);
    }

    @Override
    public void start(Runnable piece) {
      Thread _ =
          Thread.startVirtualThread(() -> {
            piece.run();
            meet(here);
          });
      meet(here);
    }

    @Override
    public void wake() {
      // the test is awake
    }

    void work(Step step, OperationSlot slot) {
      Claims claims = Claims.of(step.action());
      assertThat(underWay.values()).as("beside %s", step.id()).noneMatch(claims::collidesWith);
      underWay.put(step, claims);
      begun.add(step);
      most = Math.max(most, underWay.size());
      mostOperations =
          Math.max(mostOperations, underWay.keySet().stream().filter(Course::isOperation).count());
      gates.put(step, new Exchanger<>());
      meet(here);
      meet(gates.get(step));
      underWay.remove(step);
      act.accept(step);
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
      if (stopAfter.filter(n -> begun.size() >= n).isPresent()) {
        stopAfter = Optional.empty();
        throw new InterruptedException();
      }
      List<Step> all = List.copyOf(underWay.keySet());
      if (all.isEmpty()) {
        time.pause(atMost);
        return;
      }
      meet(gates.get(all.get(random.nextInt(all.size()))));
      meet(here);
    }

    private static void meet(Exchanger<String> where) {
      try {
        where.exchange("", 60, TimeUnit.SECONDS);
      } catch (InterruptedException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static String yaml(int namespaces) {
    StringBuilder yaml =
        new StringBuilder(
            """
            newleaf: 1
            account: sdvdw
            cloud: {address: "localhost:1", apiKey: {env: KEY}}
            cas:
              pay: {subject: {commonName: Pay CA, organization: Acme}, key: ec-p256, validity: 365d,
                    renewBefore: 60d, keys: {directory: keys, passphrase: {env: P}}, retire: after-verify, soak: 1s}
              shop: {subject: {commonName: Shop CA, organization: Acme}, key: ec-p256, validity: 365d,
                     renewBefore: 60d, keys: {directory: keys, passphrase: {env: P}}, retire: after-verify, soak: 1s}
            namespaces:
            """);
    for (int i = 0; i < namespaces; i++) {
      yaml.append("  n%d.sdvdw: {cas: [%s]}%n".formatted(i, i % 2 == 0 ? "pay" : "shop"));
    }
    yaml.append("leaves:\n");
    for (int i = 0; i < namespaces; i++) {
      yaml.append(
          "  l%d: {ca: %s, subject: {commonName: n%d}, validity: 30d, renewBefore: 10d}%n"
              .formatted(i, i % 2 == 0 ? "pay" : "shop", i));
    }
    yaml.append("workers:\n");
    for (int i = 0; i < namespaces; i++) {
      yaml.append(
          "  w%d: {leaf: l%d, namespace: n%d.sdvdw, taskQueue: q, secret: a/s%d, deployment: a/d%d}%n"
              .formatted(i, i, i, i, i));
    }
    return yaml.toString();
  }

  static Plan plan(int namespaces) {
    var desired = DesiredYaml.read("fleet.yaml", yaml(namespaces).getBytes(StandardCharsets.UTF_8));
    return new Past(desired).running("2025-11-01T00:00:00Z", "2026-09-05T00:00:00Z").now().plan();
  }

  private static Applier.Result run(Plan plan, Foreman foreman, Pace pace, Claims... blocked) {
    Scenario scenario = Scenario.of("first-run");
    Applier.Options options = new Applier.Options("r", SOAK, Set.of(), "ann", pace);
    Gates gates = new Gates(scenario.journal(), foreman.time, options);
    var wiring = new Course.Wiring(foreman, foreman.time, gates, foreman::work, _ -> {});
    return new Course(plan, wiring, options, List.of(blocked)).run();
  }

  private static NewleafException refused() {
    return new NewleafException(
        new Failure.Refused(new Explanation("NL5102", "x", "is stuck.", "Repair it.")));
  }

  private static Set<String> neededBy(Plan plan, Step failed) {
    Set<String> all = new HashSet<>(Set.of(failed.id()));
    Waits gates = new Waits(plan.gates());
    plan.steps().stream()
        .filter(s ->
            s.needs().stream().anyMatch(all::contains)
                || gates.before(s).stream()
                    .anyMatch(g -> g.after().stream().anyMatch(all::contains)))
        .forEach(s -> all.add(s.id()));
    return all;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyStepIsDoneOnceAfterWhatItNeedsAndBesideNothingItMeets(long seed) {
    Plan plan = plan(NAMESPACES);
    Foreman foreman = new Foreman(seed);
    Set<String> done = new HashSet<>();
    foreman.act =
        step -> {
          assertThat(done).as("needs of %s", step.id()).containsAll(step.needs());
          assertThat(done.add(step.id())).isTrue();
        };
    Applier.Result result = run(plan, foreman, Pace.DEFAULT);
    assertThat(result.failures()).isEmpty();
    assertThat(result.done()).isEqualTo(plan.steps().size()).isGreaterThan(3 * NAMESPACES);
    assertThat(foreman.most).isBetween(Pace.OPERATIONS + 1, Pace.DEFAULT.atOnce());
    assertThat(foreman.mostOperations).isEqualTo(Pace.OPERATIONS);
  }

  @Test
  void oneAtOnceKeepsTheOrderOfThePlanWithinARotation() {
    Plan plan = plan(4);
    Foreman foreman = new Foreman(1);
    Applier.Result _ = run(plan, foreman, new Pace(1, OnFailure.STOP));
    assertThat(foreman.most).isEqualTo(1);
    assertThat(foreman.begun)
        .filteredOn(s -> s.rotation().equals("pay"))
        .isEqualTo(plan.steps().stream().filter(s -> s.rotation().equals("pay")).toList());
  }

  @Test
  void afterAFailureNothingIsBegunAndWhatIsUnderWayEnds() {
    Plan plan = plan(NAMESPACES);
    Foreman foreman = new Foreman(3);
    int[] begunAtFailure = {0};
    foreman.act =
        step -> {
          if (step.verb().equals("reissue") && begunAtFailure[0] == 0) {
            begunAtFailure[0] = foreman.begun.size();
            throw refused();
          }
        };
    Applier.Result result = run(plan, foreman, Pace.DEFAULT);
    assertThat(result.failures()).hasSize(1);
    assertThat(foreman.begun).hasSize(begunAtFailure[0]);
    assertThat(foreman.underWay).isEmpty();
    assertThat(result.done()).isEqualTo(foreman.begun.size() - 1);
  }

  @Test
  void stepsThatDoNotNeedTheFailedOneGoOnWhenAskedTo() {
    Plan plan = plan(NAMESPACES);
    Step stuck =
        plan.steps().stream().filter(s -> s.verb().equals("roll")).findFirst().orElseThrow();
    Foreman foreman = new Foreman(3);
    foreman.act =
        step -> {
          if (step.equals(stuck)) {
            throw refused();
          }
        };
    Applier.Result result = run(plan, foreman, new Pace(20, OnFailure.CONTINUE_INDEPENDENT));
    assertThat(result.failures()).extracting(Ending.Failed::step).containsExactly(stuck);
    assertThat(plan.steps()).hasSize(result.done() + neededBy(plan, stuck).size());
    assertThat(foreman.begun)
        .extracting(Step::id)
        .doesNotContainAnyElementsOf(
            neededBy(plan, stuck).stream().filter(id -> !id.equals(stuck.id())).toList());
  }

  @Test
  void whatAnOpenStepOfAnEarlierRunClaimsIsLeftAlone() {
    Plan plan = plan(4);
    Foreman foreman = new Foreman(1);
    Applier.Result result =
        run(
            plan,
            foreman,
            new Pace(20, OnFailure.CONTINUE_INDEPENDENT),
            new Claims(Set.of("namespace/n1.sdvdw"), Set.of()));
    assertThat(foreman.begun).isNotEmpty().noneMatch(s -> s.address().contains("n1.sdvdw"));
    assertThat(result.done()).isLessThan(plan.steps().size());
  }

  @Test
  void askedToStopItBeginsNothingMoreAndWaitsForWhatIsUnderWay() {
    Plan plan = plan(NAMESPACES);
    Foreman foreman = new Foreman(5);
    foreman.stopAfter = Optional.of(20);
    assertThatThrownBy(() -> run(plan, foreman, Pace.DEFAULT))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Stopped.class));
    assertThat(foreman.underWay).isEmpty();
    assertThat(foreman.begun.size()).isBetween(20, 40);
  }

  /// The clock goes on between two questions, so a gate may open unseen.
  @Test
  void gateThatOpensBetweenTwoQuestionsIsPassed() {
    Plan plan = plan(2);
    for (int seed = 1; seed <= 40; seed++) {
      Foreman foreman = new Foreman(seed);
      foreman.tick = Duration.ofMillis(seed * 13L);
      assertThat(run(plan, foreman, Pace.DEFAULT).done())
          .as("seed %d", seed)
          .isEqualTo(plan.steps().size());
    }
  }

  @Test
  void lostLockEndsTheRunWhateverElseThereIs() {
    Foreman foreman = new Foreman(5);
    foreman.act =
        step -> {
          if (step.verb().equals("trust")) {
            throw new NewleafException(
                new Failure.LockHeld(new Explanation("NL6001", "lock", "is held.", "Wait.")));
          }
        };
    assertThatThrownBy(
            () -> run(plan(NAMESPACES), foreman, new Pace(20, OnFailure.CONTINUE_INDEPENDENT)))
        .hasMessageContaining("NL6001");
    assertThat(foreman.underWay).isEmpty();
    assertThat(foreman.begun).noneMatch(s -> s.verb().equals("reissue"));
  }

  @Test
  void crashOfAStepIsNotTakenForAnEnd() {
    Foreman foreman = new Foreman(5);
    foreman.act =
        _ -> {
          throw new IllegalStateException("a bug");
        };
    assertThatThrownBy(() -> run(plan(4), foreman, Pace.DEFAULT)).hasMessage("a bug");
  }
}
