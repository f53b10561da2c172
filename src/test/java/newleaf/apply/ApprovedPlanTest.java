package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.apply.ApprovedPlan.Verdict;
import newleaf.journal.Entry;
import newleaf.observed.JournalPosition;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovedPlanTest {
  private static final List<Entry> NOTHING = List.of();
  private final Scenario scenario = Scenario.of("ca-rollover");
  private final Plan plan = scenario.plan();

  private ApprovedPlan approved(Plan saved) {
    return new ApprovedPlan(saved, scenario.journal().position(), scenario.journal().entries());
  }

  private static String staleCode(Verdict verdict) {
    return verdict instanceof Verdict.Stale(var why, _) ? why.code() : "not stale";
  }

  @Test
  void planThatStillHoldsIsCarriedOutWhole() {
    assertThat(approved(plan).on(scenario.plan(), Scenario.NOW))
        .isEqualTo(new Verdict.Go(plan, List.of()));
  }

  @Test
  void otherYamlMakesItStale() {
    Plan other = Scenario.of("ca-rollover", "soak: 10m", "soak: 11m").plan();
    assertThat(staleCode(approved(plan).on(other, Scenario.NOW))).isEqualTo("NL5201");
  }

  @Test
  void runInBetweenMakesItStale() {
    var moved = new ApprovedPlan(plan, new JournalPosition(plan.journal().lineage(), 4), NOTHING);
    assertThat(staleCode(moved.on(plan, Scenario.NOW))).isEqualTo("NL5202");
    var otherFolder = new ApprovedPlan(plan, new JournalPosition(lineage("x"), 0), NOTHING);
    assertThat(staleCode(otherFolder.on(plan, Scenario.NOW))).isEqualTo("NL5202");
  }

  private static Optional<String> lineage(String digest) {
    return Optional.of(digest);
  }

  @Test
  void planIsToBeBegunWithinADay() {
    Instant end = plan.expiresAt();
    assertThat(staleCode(approved(plan).on(plan, end))).isEqualTo("not stale");
    assertThat(staleCode(approved(plan).on(plan, end.plusSeconds(1)))).isEqualTo("NL5203");
  }

  @Test
  void stepThatNobodyApprovedMakesItStaleAndIsWorthComparing() {
    Plan less = plan.without(Set.of("s4", "s6", "s7"));
    assertThat(approved(less).on(plan, Scenario.NOW))
        .isInstanceOfSatisfying(
            Verdict.Stale.class,
            stale -> {
              assertThat(stale.why().code()).isEqualTo("NL5204");
              assertThat(stale.why().what()).contains("reissue secret/billing/temporal-tls");
              assertThat(stale.differs()).isTrue();
            });
  }

  /// Whoever approved the move has not seen the evidence.
  @Test
  void removalThatAPersonDecidesOnIsNoPartOfTheMoveThatWasBegun() {
    Scenario manual = Scenario.of("retire-manual");
    Plan move = manual.plan();
    assertThat(manual.apply(Scenario.options("one", Duration.ZERO))).isPresent();
    Plan removal = manual.plan();
    assertThat(
            new ApprovedPlan(move, move.journal(), manual.journal().entries())
                .on(removal, removal.asOf()))
        .isInstanceOfSatisfying(
            Verdict.Go.class,
            go -> {
              assertThat(go.plan().steps()).isEmpty();
              assertThat(go.others()).extracting(Step::verb).containsExactly("retire", "filter");
            });
  }

  @Test
  void stepThatIsDoneAlreadyIsNoReasonToRefuse() {
    Plan less = plan.without(Set.of("s4", "s6"));
    assertThat(approved(plan).on(less, Scenario.NOW)).isEqualTo(new Verdict.Go(less, List.of()));
  }

  /// Killed anywhere, also days later: what is left is a part of what was approved.
  @ParameterizedTest
  @ValueSource(strings = {"ca-rollover", "first-run", "leaf-renewal", "rollback"})
  void begunPlanIsGoneOnWithWhateverMomentItWasKilledAt(String name) {
    int moments = 0;
    for (int fatal = 1; killedAndGoneOnWith(name, fatal); fatal++) {
      moments++;
    }
    assertThat(moments).isGreaterThan(20);
  }

  private static boolean killedAndGoneOnWith(String name, int fatal) {
    Scenario scenario = Scenario.of(name);
    Plan plan = scenario.plan();
    boolean killed = false;
    try {
      scenario.apply(Scenario.options("first", Duration.ZERO), new Tripwire(fatal));
    } catch (Tripwire.Killed _) {
      killed = true;
    }
    scenario.world().time.pause(Duration.ofDays(2));
    JournalPosition before = scenario.journal().position();
    List<Entry> history = scenario.journal().entries();
    new Applier(
            scenario.world().ports(),
            scenario.journal(),
            Scenario.options("second", Duration.ZERO),
            _ -> {})
        .resume();
    ApprovedPlan approved = new ApprovedPlan(plan, before, history);
    if (approved.begun()) {
      assertThat(approved.on(scenario.plan(), scenario.world().time.instant()))
          .as("killed at moment %d", fatal)
          .isInstanceOfSatisfying(
              Verdict.Go.class,
              go -> assertThat(go.others()).as("killed at moment %d", fatal).isEmpty());
    }
    return killed;
  }

  @Test
  void begunPlanGoesOnWithoutTheStepsThatNobodyApproved() {
    var options = Scenario.options("first", Duration.ZERO);
    Plan less = plan.without(Set.of("s4", "s6", "s7"));
    new Applier(scenario.world().ports(), scenario.journal(), options, _ -> {})
        .apply(plan.without(Set.of("s3", "s4", "s5", "s6", "s7")), less.digest());
    Plan now = scenario.plan();
    assertThat(approved(less).on(now, Scenario.NOW))
        .isInstanceOfSatisfying(
            Verdict.Go.class,
            go -> {
              assertThat(verbs(go.plan().steps())).containsExactly("reissue", "roll");
              assertThat(verbs(go.others())).containsExactly("reissue", "reload", "retire");
              assertThat(go.plan().steps()).noneMatch(s -> s.action() instanceof Action.RetireCa);
            });
  }

  private static List<String> verbs(List<Step> steps) {
    return steps.stream().map(Step::verb).toList();
  }

  @Test
  void anotherPlanThatWasBegunSupersedesIt() {
    List<Entry> history =
        List.of(
            new Entry.RunStarted("a", "f", "0".repeat(64), plan.digest()),
            new Entry.RunStarted("b", "f", "0".repeat(64), "sha256:" + "1".repeat(64)));
    var superseded = new ApprovedPlan(plan, new JournalPosition(lineage("x"), 2), history);
    assertThat(superseded.begun()).isFalse();
    assertThat(staleCode(superseded.on(plan, Scenario.NOW))).isEqualTo("NL5202");
  }
}
