package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import newleaf.plan.Gate;
import org.junit.jupiter.api.Test;

/// Waits that go on over several runs: the soak of a removal that is a later plan's, and notBefore.
class ApplierGatesTest {
  private static final Duration SOAK = Duration.ofMinutes(10);
  private static final String APPROVAL = "retire/ca/booking-g1";

  private static Scenario manual() {
    return Scenario.of("ca-rollover", "retire: after-verify", "retire: manual");
  }

  private static Applier.Result apply(Scenario scenario, String run, Duration wait, String... yes) {
    return scenario.apply(Scenario.options(run, wait, yes)).orElseThrow();
  }

  private static List<String> trusted(Scenario scenario) {
    return scenario.world().cloud.bundle(scenario.namespace()).stream()
        .map(ca -> ca.getSubjectX500Principal().getName().replaceAll("CN=([^,]*).*", "$1"))
        .toList();
  }

  private static void assertSafe(Scenario scenario) {
    assertThat(scenario.world().refusedInUse).isEmpty();
    assertThat(scenario.workers().rejectedHandshakes).isZero();
  }

  @Test
  void soakOfALaterRemovalBeginsWhenTheHoldersHaveMoved() {
    Scenario scenario = manual();
    Applier.Result _ = apply(scenario, "one", Duration.ZERO);
    Instant moved = scenario.world().time.instant();
    assertThat(scenario.journal().recorded().gatesOpenedAt())
        .containsExactly(Map.entry("soak/ca/booking-g1", moved));
    scenario.world().time.pause(SOAK.minusSeconds(1));
    assertThat(apply(scenario, "two", Duration.ZERO, APPROVAL).done()).isZero();
    scenario.world().time.pause(Duration.ofSeconds(1));
    assertThat(apply(scenario, "three", Duration.ZERO).done()).isEqualTo(1);
    assertThat(trusted(scenario)).containsExactly("Booking CA G2");
    assertSafe(scenario);
  }

  @Test
  void soakThatAKilledRunDidNotBeginBeginsWithTheNext() {
    Scenario scenario = manual();
    Tripwire counter = new Tripwire(0);
    Applier.Result _ = manual().apply(Scenario.options("one", SOAK), counter).orElseThrow();
    int last = counter.moments.size(); // before the line that says that the soak began
    assertThatThrownBy(() -> scenario.apply(Scenario.options("one", SOAK), new Tripwire(last)))
        .isInstanceOf(Tripwire.Killed.class);
    assertThat(scenario.journal().recorded().gatesOpenedAt()).isEmpty();
    Applier.Result second = apply(scenario, "two", Duration.ZERO, APPROVAL);
    assertThat(second.waiting()).extracting(Gate::id).containsExactly("soak/ca/booking-g1");
    scenario.world().time.pause(SOAK);
    assertThat(apply(scenario, "three", Duration.ZERO).waiting()).isEmpty();
    assertSafe(scenario);
  }

  @Test
  void notBeforeIsWaitedForOnlyWhenTheRunMayWaitThatLong() {
    Duration wait = Duration.between(Scenario.NOW, Instant.parse("2026-09-20T02:00:00Z"));
    Scenario scenario = Scenario.of("not-before");
    Applier.Result early = apply(scenario, "one", wait.minusSeconds(1));
    assertThat(early.done()).isZero();
    assertThat(early.waiting()).extracting(Gate::id).containsExactly("not-before/ca/booking");
    assertThat(trusted(scenario)).containsExactly("Booking CA G1");
    Applier.Result late = apply(scenario, "two", wait);
    assertThat(late).isEqualTo(new Applier.Result(7, 7, List.of(), List.of(), List.of()));
    assertThat(scenario.world().time.instant()).isAfter(Scenario.NOW.plus(wait));
    assertSafe(scenario);
  }
}
