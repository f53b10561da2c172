package newleaf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.desired.Retire;
import org.junit.jupiter.api.Test;

/// What must hold of every plan, on worlds that nobody thought of. A failure names its seed;
/// `-Dnewleaf.seed=N` runs that one alone.
class PlannerPropertiesTest {
  private static final int WORLDS = 500;

  private interface Property {
    void holds(TestWorld world, Plan plan);
  }

  private static void ofEveryWorld(Property property) {
    long given = Long.getLong("newleaf.seed", 0L);
    long others = Boolean.getBoolean("newleaf.simulation") ? new Random().nextInt(1, 1 << 30) : 1;
    long first = given != 0 ? given : others;
    for (long seed = first; seed < first + (given != 0 ? 1 : WORLDS); seed++) {
      TestWorld world = RandomWorld.of(new SplittableRandom(seed));
      try {
        property.holds(world, world.plan());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-Dnewleaf.seed=" + seed + "\n" + Lines.steps(world.plan()), e);
      }
    }
  }

  @Test
  void needsPointBackwardsAndGatesSpeakOfStepsThatAreThere() {
    ofEveryWorld((_, plan) -> {
      Set<String> before = new HashSet<>();
      for (Step step : plan.steps()) {
        assertThat(before).containsAll(step.needs()).doesNotContain(step.id());
        before.add(step.id());
      }
      for (Gate gate : plan.gates()) {
        assertThat(before).containsAll(gate.after()).containsAll(gate.before());
        boolean later = plan.laterRemovals().stream().anyMatch(l -> l.soak().equals(gate.id()));
        assertThat(gate.before().isEmpty()).isEqualTo(later);
      }
    });
  }

  @Test
  void oldCaGoesAfterEveryLeafOfItsRotationMovedAndBehindAGateUnlessItExpired() {
    ofEveryWorld((_, plan) -> {
      for (Step step : plan.steps()) {
        if (step.action() instanceof Action.RetireCa retire && retire.successor().isPresent()) {
          boolean gone = retire.certificate().validity().expiredAt(plan.asOf());
          assertThat(gone || needsOf(plan, step).containsAll(moving(plan, step.rotation())))
              .isTrue();
          assertThat(retire.old().generation())
              .isLessThan(retire.successor().orElseThrow().generation());
          assertThat(
                  gone
                      || new Waits(plan.gates())
                          .before(step).stream().anyMatch(Gate.Soak.class::isInstance))
              .isTrue();
        }
      }
    });
  }

  @Test
  void oldCaThatAPersonRemovesHasAPlanOfItsOwnAndItsEvidence() {
    ofEveryWorld((world, plan) -> {
      for (Step step : plan.steps()) {
        if (step.action() instanceof Action.RetireCa retire
            && !retire.certificate().validity().expiredAt(plan.asOf())) {
          boolean manual = world.cas.get(step.rotation()).retire() == Retire.MANUAL;
          boolean nothingBefore = needsOf(plan, step).isEmpty();
          assertThat(manual && !nothingBefore).isFalse();
          assertThat(plan.evidence().stream().anyMatch(e -> e.steps().contains(step.id())))
              .isEqualTo(nothingBefore);
        }
      }
      for (LaterRemoval later : plan.laterRemovals()) {
        assertThat(world.cas.get(later.rotation()).retire()).isEqualTo(Retire.MANUAL);
        assertThat(plan.gates().stream().map(Gate::id)).contains(later.soak());
      }
    });
  }

  @Test
  void trustDropsNothingThatWorksAndRetirementNothingThatIsNotOurs() {
    ofEveryWorld((world, plan) -> {
      Map<String, Certificate> all = new HashMap<>();
      world.foundNamespaces.values().stream()
          .flatMap(n -> n.acceptedClientCas().stream())
          .forEach(c -> all.put(c.fingerprint().value(), c));
      for (Action.TrustCa trust : Lines.actions(plan, Action.TrustCa.class)) {
        assertThat(trust.expired())
            .allMatch(f -> all.get(f.value()).validity().expiredAt(plan.asOf()));
      }
      for (Action.RetireCa retire : Lines.actions(plan, Action.RetireCa.class)) {
        assertThat(world.foundCas).containsKey(retire.oldAddress());
        assertThat(world.foundCas.get(retire.oldAddress()).certificate())
            .isEqualTo(retire.certificate());
      }
    });
  }

  /// Steps that narrow (retire, filters that leave somebody out) and steps that touch workloads are
  /// different steps, and the narrowing ones come after every reissue and roll they could hurt.
  @Test
  void noFilterIsTakenAwayWhileALeafOfTheNamespaceHasToMove() {
    ofEveryWorld((world, plan) -> {
      for (int i = 0; i < plan.steps().size(); i++) {
        if (plan.steps().get(i).action() instanceof Action.SetFilters set && narrows(set)) {
          List<String> cas = world.namespaces.get(set.namespace()).cas();
          assertThat(plan.steps().subList(i, plan.steps().size()))
              .noneMatch(s -> cas.contains(s.rotation()) && isMoving(s.action()));
        }
      }
    });
  }

  @Test
  void filtersFollowOnOneAnother() {
    ofEveryWorld((world, plan) -> {
      Map<String, List<CertificateFilter>> now = new HashMap<>();
      world.foundNamespaces.values().forEach(n -> now.put(n.name(), n.filters()));
      for (Action.SetFilters set : Lines.actions(plan, Action.SetFilters.class)) {
        assertThat(set.before()).isEqualTo(now.put(set.namespace(), set.after()));
        assertThat(set.after()).isNotEqualTo(set.before());
      }
    });
  }

  @Test
  void leafComesFromACaThatIsThereOrMadeBeforeAndTrusted() {
    ofEveryWorld((world, plan) -> {
      for (Step step : plan.steps()) {
        if (step.action() instanceof Action.ReissueLeaf leaf) {
          boolean made =
              world.foundCas.containsKey(leaf.ca().address())
                  || needsOf(plan, step).stream()
                      .map(id -> step(plan, id).action())
                      .anyMatch(a -> a instanceof Action.IssueCa ca && ca.ca().equals(leaf.ca()));
          assertThat(made).isTrue();
          assertThat(leaf.namespaces()).allMatch(n -> trusted(world, plan, step, leaf.ca(), n));
        }
      }
    });
  }

  @Test
  void planningTwiceGivesTheSamePlan() {
    ofEveryWorld((world, plan) -> assertThat(world.plan()).isEqualTo(plan));
  }

  private static boolean trusted(
      TestWorld world, Plan plan, Step reissue, CaGeneration ca, String namespace) {
    if (!world.foundNamespaces.containsKey(namespace)) {
      return !plan.applyable();
    }
    boolean now =
        world.foundCas.containsKey(ca.address())
            && world
                .foundNamespaces
                .get(namespace)
                .trusts(world.ca(ca.ca().name(), ca.generation()).fingerprint());
    return now
        || needsOf(plan, reissue).stream()
            .map(id -> step(plan, id).action())
            .anyMatch(a ->
                a instanceof Action.TrustCa t
                    && t.namespace().equals(namespace)
                    && t.ca().equals(ca));
  }

  /// All steps that are done before a step, directly or not, and before its gates.
  private static Set<String> needsOf(Plan plan, Step step) {
    Set<String> next = new HashSet<>(step.needs());
    new Waits(plan.gates()).before(step).forEach(gate -> next.addAll(gate.after()));
    Set<String> all = new HashSet<>(next);
    next.forEach(id -> all.addAll(needsOf(plan, step(plan, id))));
    return all;
  }

  private static Step step(Plan plan, String id) {
    return plan.steps().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<String> moving(Plan plan, String rotation) {
    return plan.steps().stream()
        .filter(s -> s.rotation().equals(rotation) && isMoving(s.action()))
        .map(Step::id)
        .toList();
  }

  private static boolean isMoving(Action action) {
    return switch (action) {
      case Action.ReissueLeaf _, Action.RollWorker _, Action.ScaleWorker _, Action.AwaitReload _ ->
          true;
      case Action.IssueCa _, Action.TrustCa _, Action.SetFilters _, Action.RetireCa _ -> false;
    };
  }

  private static boolean narrows(Action.SetFilters set) {
    return set.before().isEmpty() || !set.after().containsAll(set.before());
  }
}
