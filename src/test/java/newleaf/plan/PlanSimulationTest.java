package newleaf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import newleaf.observed.ObservedNamespace.State;
import newleaf.observed.RolledBack;
import org.junit.jupiter.api.Test;

/// Plans of random worlds, carried out on facts step by step: the invariants hold after each step,
/// and when all is done nothing is due. `-Dnewleaf.seed=N` runs one world alone,
/// `-Dnewleaf.simulation=true` others than every build.
class PlanSimulationTest {
  private static final int WORLDS = 500;
  private static final int PLANS_AT_MOST = 30;

  private static void ofEveryApplicableWorld(
      String property, BiConsumer<TestWorld, SplittableRandom> holds) {
    long given = Long.getLong("newleaf.seed", 0L);
    long others = Boolean.getBoolean("newleaf.simulation") ? new Random().nextInt(1, 1 << 30) : 1;
    long first = given != 0 ? given : others;
    int worlds = 0;
    long seed = first;
    for (; given != 0 ? seed == first : worlds < WORLDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TestWorld world = RandomWorld.of(random);
      Simulation.vouchForClients(world);
      if (!world.plan().applyable() || laterIsBlocked(world)) {
        continue;
      }
      worlds++;
      String plan = String.join("\n", Lines.steps(world.plan()));
      try {
        holds.accept(world, random);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-Dnewleaf.seed=" + seed + "\n" + plan, e);
      }
    }
    System.out.printf(
        "PlanSimulationTest: %s: %d worlds, seeds %d to %d%n", property, worlds, first, seed - 1);
  }

  /// A removal that is left for later is not looked at yet.
  private static boolean laterIsBlocked(TestWorld world) {
    return world.plan().laterRemovals().stream()
        .flatMap(l -> l.namespaces().stream())
        .anyMatch(n -> world.foundNamespaces.get(n).state() != State.ACTIVE);
  }

  @Test
  void carriedOutInItsOrderItIsSafeAndNothingIsLeftToDo() {
    ofEveryApplicableWorld(
        "in order",
        (world, _) -> {
          Plan plan = world.plan();
          Simulation simulation = new Simulation(world);
          plan.steps().forEach(simulation::carryOut);
          Simulation.openGates(world, plan);
          removeWhatIsLeft(world, simulation, plan);
        });
  }

  /// Only what the plan said to be left for later, and then nothing.
  private static void removeWhatIsLeft(TestWorld world, Simulation simulation, Plan plan) {
    Plan rest = world.plan();
    assertThat(rest.blockers()).isEmpty();
    assertThat(rest.steps()).hasSizeLessThanOrEqualTo(leftForLater(plan));
    for (Step step : rest.steps()) {
      assertThat(step.action()).isInstanceOfAny(Action.RetireCa.class, Action.SetFilters.class);
      simulation.carryOut(step);
    }
    Simulation.openGates(world, rest);
    assertThat(Lines.steps(world.plan())).isEmpty();
  }

  private static int leftForLater(Plan plan) {
    return plan.laterRemovals().stream()
        .mapToInt(l -> l.namespaces().size() + l.narrowed().size())
        .sum();
  }

  /// Whatever waits at a gate comes last, in an order that only the needs decide.
  @Test
  void carriedOutWithItsGatesShutAsLongAsPossibleItIsSafeToo() {
    ofEveryApplicableWorld(
        "any order that the needs allow",
        (world, random) -> {
          Plan plan = world.plan();
          Simulation simulation = new Simulation(world);
          anyOrder(plan, random).forEach(simulation::carryOut);
          Simulation.openGates(world, plan);
          removeWhatIsLeft(world, simulation, plan);
        });
  }

  private static List<Step> anyOrder(Plan plan, SplittableRandom random) {
    List<Step> left = new ArrayList<>(plan.steps());
    List<String> done = new ArrayList<>();
    List<Step> order = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Step> ready = left.stream().filter(s -> done.containsAll(s.needs())).toList();
      List<Step> free =
          ready.stream().filter(s -> new Waits(plan.gates()).before(s).isEmpty()).toList();
      List<Step> from = free.isEmpty() ? ready : free;
      // the steps on one namespace keep their order, as the applier takes the first that is ready
      Step next = random.nextBoolean() ? from.getFirst() : from.get(random.nextInt(from.size()));
      boolean filters = next.action() instanceof Action.SetFilters;
      next = filters ? firstFilter(from, next) : next;
      left.remove(next);
      done.add(next.id());
      order.add(next);
    }
    return order;
  }

  private static Step firstFilter(List<Step> from, Step chosen) {
    return from.stream()
        .filter(s -> s.address().equals(chosen.address()))
        .filter(s -> s.action() instanceof Action.SetFilters)
        .findFirst()
        .orElse(chosen);
  }

  /// Somebody turns back in the midst of whatever goes on, and forward again.
  @Test
  void turnedBackAnywhereItIsSafeAndLaterPlansKeepToIt() {
    int[] turned = {0};
    int[] forwards = {0};
    ofEveryApplicableWorld(
        "turned back and forward again",
        (world, random) -> {
          Plan plan = world.plan();
          Simulation simulation = new Simulation(world);
          int stop = random.nextInt(plan.steps().size() + 1);
          plan.steps().subList(0, stop).forEach(simulation::carryOut);
          for (String ca : world.cas.keySet()) {
            Optional<Rollback> back = Rollback.before(ca, world.observed());
            if (back.isPresent() && turns(world, simulation, back.get(), random)) {
              turned[0]++;
              // perhaps a Deployment that was not to be touched so far is missing; then it is not
              Rollback forward = Rollback.to(back.get().from(), ca, world.observed()).orElseThrow();
              forwards[0] += turns(world, simulation, forward, random) ? 1 : 0;
            }
          }
        });
    assertThat(forwards[0]).isGreaterThan(WORLDS / 20).isGreaterThan(turned[0] / 2);
  }

  private static boolean turns(
      TestWorld world, Simulation simulation, Rollback wish, SplittableRandom random) {
    Plan plan = Planner.plan(world.desired(), world.observed(), Facts.NOW, Optional.of(wish));
    if (!plan.applyable()) {
      return false;
    }
    anyOrder(plan, random).forEach(simulation::carryOut);
    Simulation.openGates(world, plan);
    world.recorded =
        world.recorded.with(new RolledBack(wish.ca(), wish.from(), wish.to(), Facts.NOW, "ann"));
    assertThat(world.plan().steps()).noneMatch(s -> s.rotation().equals(wish.ca()) && moves(s));
    return true;
  }

  /// Time that is given to whoever just got his leaf moves nobody.
  private static boolean moves(Step step) {
    return switch (step.action()) {
      case Action.SetFilters _, Action.RetireCa _ -> false;
      case Action.AwaitReload _ -> !(step.reason() instanceof Reason.JustWritten);
      case Action.IssueCa _,
          Action.TrustCa _,
          Action.ReissueLeaf _,
          Action.RollWorker _,
          Action.ScaleWorker _ ->
          true;
    };
  }

  /// A run that is stopped anywhere, and a new plan from what is there.
  @Test
  void stoppedAnywhereAndPlannedAnewItIsSafeAndEnds() {
    ofEveryApplicableWorld(
        "stopped and planned anew",
        (world, random) -> {
          Simulation simulation = new Simulation(world);
          Plan plan = world.plan();
          for (int i = 0; !plan.isEmpty(); i++) {
            assertThat(i).isLessThan(PLANS_AT_MOST);
            assertThat(plan.blockers()).isEmpty();
            int stop = 1 + random.nextInt(plan.steps().size());
            plan.steps().subList(0, stop).forEach(simulation::carryOut);
            Simulation.openGates(world, plan);
            plan = world.plan();
          }
        });
  }
}
