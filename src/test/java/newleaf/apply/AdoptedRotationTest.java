package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.cert.Fingerprint;
import newleaf.journal.Entry;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Step;
import org.junit.jupiter.api.Test;

/// A CA whose key newleaf never had, from nothing to do until it is gone.
class AdoptedRotationTest {
  private static final Duration SOAK = Duration.ofMinutes(10);
  private static final Instant YEAR_OF_PEACE = Instant.parse("2026-03-01T00:00:00Z");

  private final Scenario scenario = Scenario.adopted();
  private final X509Certificate old =
      scenario.world().cloud.bundle(scenario.namespace()).getFirst();
  private final String address = "ca/booking-" + Fingerprint.of(old).shortText();

  private Plan planAt(Instant time) {
    return Planner.plan(scenario.desired(), scenario.observe(), time);
  }

  @Test
  void nothingIsDueUntilItsWindowBegins() {
    assertThat(planAt(YEAR_OF_PEACE).isEmpty()).isTrue();
    assertThat(planAt(YEAR_OF_PEACE).upcoming().getFirst().address()).isEqualTo(address);
    assertThat(scenario.plan().steps().getFirst().action()).isInstanceOf(Action.IssueCa.class);
  }

  @Test
  void inItsWindowItIsReplacedByTheFirstGenerationAndNobodyIsLockedOut() {
    Optional<Applier.Result> moved = scenario.apply(Scenario.options("move", Duration.ZERO));
    assertThat(moved).hasValueSatisfying(r -> assertThat(r.waiting()).hasSize(1));
    assertThat(scenario.world().cloud.bundle(scenario.namespace())).hasSize(2).contains(old);
    scenario.world().time.pause(SOAK);
    Optional<Applier.Result> _ = scenario.apply(Scenario.options("retire", Duration.ZERO));
    assertThat(scenario.plan().isEmpty()).isTrue();
    assertThat(scenario.world().cloud.bundle(scenario.namespace())).hasSize(1).doesNotContain(old);
    assertThat(scenario.world().refusedInUse).isEmpty();
    assertThat(scenario.workers().rejectedHandshakes).isZero();
    assertThat(proofs()).contains("a leaf of " + address + " refused");
  }

  @Test
  void generationOfNewleafIsNeverAdopted() {
    Scenario plain = Scenario.of("ca-rollover");
    X509Certificate own = plain.world().cloud.bundle(plain.namespace()).getFirst();
    String adopt = "adopt: [" + Fingerprint.of(own).value() + "]\n    key: ";
    Scenario both = Scenario.of("ca-rollover", "key: ", adopt);
    assertThat(both.observe().cas()).isEqualTo(plain.observe().cas());
    assertThat(both.plan().steps().stream().map(Step::action))
        .containsExactlyElementsOf(plain.plan().steps().stream().map(Step::action).toList());
  }

  @Test
  void itGoesBackFromTheJournalWhenWorkersDrop() {
    scenario.workers().mountsOldLeaf = true;
    scenario.workers().connectionAge = Duration.ofSeconds(1);
    Optional<Applier.Result> _ = scenario.apply(Scenario.options("move", Duration.ZERO));
    scenario.world().time.pause(SOAK);
    assertThatThrownBy(() -> scenario.apply(Scenario.options("retire", Duration.ZERO)))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL5105");
    assertThat(scenario.world().cloud.bundle(scenario.namespace())).hasSize(2).contains(old);
    assertThat(scenario.journal().recorded().putBack()).containsExactly(address);
    assertThat(scenario.plan().gates()).anyMatch(gate -> gate.id().equals("retire/" + address));
  }

  @Test
  void somebodyElseMayRemoveItFirst() {
    Optional<Applier.Result> _ = scenario.apply(Scenario.options("move", Duration.ZERO));
    scenario.world().time.pause(SOAK);
    Plan plan = scenario.plan();
    List<X509Certificate> rest =
        scenario.world().cloud.bundle(scenario.namespace()).stream()
            .filter(ca -> !ca.equals(old))
            .toList();
    scenario
        .world()
        .cloud
        .add(
            scenario.namespace(), rest, scenario.desired().namespaces().getFirst().filters().get());
    Applier applier =
        new Applier(
            scenario.world().ports(),
            scenario.journal(),
            Scenario.options("late", Duration.ZERO),
            _ -> {});
    assertThat(applier.apply(plan).waiting()).isEmpty();
    assertThat(scenario.plan().isEmpty()).isTrue();
  }

  private List<String> proofs() {
    return scenario.journal().entries().stream()
        .flatMap(e ->
            e instanceof Entry.Proved p ? List.of(p.what()).stream() : List.<String>of().stream())
        .toList();
  }
}
