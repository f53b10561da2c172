package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.HeldCertificate;
import newleaf.journal.Entry;
import newleaf.observed.LeafPlace;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import org.junit.jupiter.api.Test;

/// A Secret that nobody declared, with a leaf of the CA that is to go.
class OtherHoldersTest {
  private static final LeafPlace STRAY = new LeafPlace.Secret("reports", "nightly-tls");
  private static final Duration SOAK = Duration.ofMinutes(10);
  private static final String GATE = "undeclared/ca/booking-g1/secret/reports/nightly-tls";

  private final Scenario scenario = Scenario.of("ca-rollover");

  /// As the worker's own is now.
  private void aStrayAppears() {
    LeafPlace own = scenario.workers().about.place();
    HeldCertificate old = scenario.world().leaves.current(own).orElseThrow();
    scenario.world().others.held.put(STRAY, old);
  }

  private Applier.Result apply(String run, Duration wait, String... approvals) {
    return scenario.apply(Scenario.options(run, wait, approvals)).orElseThrow();
  }

  private List<String> accepted() {
    return scenario.world().cloud.bundle(scenario.namespace()).stream()
        .map(ca -> ca.getSubjectX500Principal().getName())
        .toList();
  }

  private List<String> proofs() {
    return scenario.journal().entries().stream()
        .<String>mapMulti((entry, out) -> {
          if (entry instanceof Entry.Proved(_, var what)) {
            out.accept(what);
          }
        })
        .toList();
  }

  @Test
  void oneThatThePlanDidNotKnowOfKeepsTheCaAndTheNextPlanAsks() {
    aStrayAppears();
    assertThatThrownBy(() -> apply("one", SOAK))
        .hasMessageContaining(
            "NL5104 secret/reports/nightly-tls: it is not in the YAML and holds a leaf of ca/booking-g1; its CA is kept");
    assertThat(accepted()).hasSize(2);
    Plan next = scenario.plan();
    assertThat(next.gates()).extracting(Gate::id).contains(GATE);
    assertThat(apply("two", SOAK).done()).isZero();
    assertThat(accepted()).hasSize(2);
  }

  @Test
  void removalGoesOnOnceSomebodySaidThatNobodyUsesIt() {
    aStrayAppears();
    assertThatThrownBy(() -> apply("one", SOAK)).hasMessageContaining("NL5104");
    apply("two", SOAK, GATE);
    assertThat(accepted()).hasSize(1);
    assertThat(scenario.plan().isEmpty()).isTrue();
  }

  @Test
  void thatThereIsNoneIsProvenBeforeTheRemoval() {
    apply("one", SOAK);
    assertThat(proofs()).contains("no other of 0 Secrets holds a leaf of ca/booking-g1");
  }

  @Test
  void whoeverMayNotLookRemovesTheCaAndIsNotSaidToHaveLooked() {
    scenario.world().others.notLooked = Optional.of("any Secret that the YAML does not name; no");
    apply("one", SOAK);
    assertThat(accepted()).hasSize(1);
    assertThat(proofs()).noneMatch(p -> p.contains("Secrets holds"));
  }

  @Test
  void expiredLeafKeepsNothing() {
    aStrayAppears();
    apply("one", Duration.ZERO);
    scenario.world().time.advanceTo(Instant.parse("2026-10-06T00:00:00Z"));
    assertThat(scenario.plan().gates()).extracting(Gate::id).doesNotContain(GATE);
  }
}
