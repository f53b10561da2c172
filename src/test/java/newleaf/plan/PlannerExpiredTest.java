package newleaf.plan;

import static newleaf.plan.Facts.commonName;
import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.steady;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import newleaf.cert.Certificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.desired.Retire;
import org.junit.jupiter.api.Test;

/// The service refuses every update of a bundle in which a CA has expired.
class PlannerExpiredTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration FRESH = Duration.ofDays(25);
  private static final Duration GONE = Duration.ofDays(-3);

  private static TestWorld manual(TestWorld world) {
    return world.ca(
        Facts.ca("booking", Facts.subject("booking CA"), KeyAlgorithm.EC_P384, Retire.MANUAL));
  }

  @Test
  void forgottenGenerationThatExpiredIsRemovedWithoutSoakOrApproval() {
    TestWorld world = manual(steady(GONE, FRESH)).has("booking", 2, YEAR);
    world
        .accepts(NS, world.ca("booking", 1), world.ca("booking", 2))
        .holds("worker", "new", 2, FRESH)
        .runs("worker", "new");
    Plan plan = world.plan();
    assertThat(Lines.steps(plan)).containsExactly("s1 retire namespace/booking.sdvdw Expired");
    assertThat(plan.gates()).isEmpty();
  }

  @Test
  void severalExpiredGenerationsGoInOneUpdate() {
    TestWorld world = steady(GONE, FRESH).has("booking", 2, GONE).has("booking", 3, YEAR);
    world
        .accepts(NS, world.ca("booking", 1), world.ca("booking", 2), world.ca("booking", 3))
        .holds("worker", "new", 3, FRESH)
        .runs("worker", "new");
    Plan plan = world.plan();
    assertThat(Lines.verbs(plan)).containsExactly("retire");
    assertThat(Lines.actions(plan, Action.RetireCa.class).getFirst().expired())
        .containsExactlyInAnyOrder(
            world.ca("booking", 1).fingerprint(), world.ca("booking", 2).fingerprint());
  }

  @Test
  void expiredForeignCaAloneIsToldAndLeftAlone() {
    Certificate foreign = Facts.foreign("Acme", GONE);
    TestWorld world = steady();
    Plan plan = world.accepts(NS, world.ca("booking", 1), foreign).plan();
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.notices())
        .containsExactly(
            new Notice(
                Notice.What.EXPIRED_FOREIGN_CA,
                "namespace/booking.sdvdw",
                "CN=Acme (" + foreign.fingerprint().shortText() + ")",
                Facts.NOW.plus(GONE)));
  }

  @Test
  void firstUpdateOfANamespaceDropsWhatHasExpired() {
    Certificate foreign = Facts.foreign("Acme", GONE);
    TestWorld world = steady(Duration.ofDays(60), FRESH).filters(NS, commonName("booking*"));
    Plan plan = world.accepts(NS, world.ca("booking", 1), foreign).plan();
    assertThat(Lines.verbs(plan))
        .containsExactly("issue", "trust", "reissue", "roll", "retire", "filter");
    assertThat(Lines.actions(plan, Action.TrustCa.class).getFirst().expired())
        .containsExactly(foreign.fingerprint());
    assertThat(Lines.actions(plan, Action.RetireCa.class).getFirst().expired()).isEmpty();
    assertThat(Lines.actions(plan, Action.SetFilters.class).getFirst().expired()).isEmpty();
    assertThat(plan.notices()).isEmpty();
  }

  @Test
  void filtersAloneAndRetirementAloneDropItToo() {
    Certificate foreign = Facts.foreign("Acme", GONE);
    TestWorld filters = steady().filters(NS, commonName("booking*"));
    filters.accepts(NS, filters.ca("booking", 1), foreign);
    assertThat(Lines.actions(filters.plan(), Action.SetFilters.class).getFirst().expired())
        .containsExactly(foreign.fingerprint());
    TestWorld retire = steady(Duration.ofDays(60), FRESH).has("booking", 2, YEAR);
    retire
        .holds("worker", "new", 2, FRESH)
        .runs("worker", "new")
        .accepts(NS, retire.ca("booking", 1), retire.ca("booking", 2), foreign);
    assertThat(Lines.actions(retire.plan(), Action.RetireCa.class).getFirst().expired())
        .containsExactly(foreign.fingerprint());
  }

  /// It would be refused for the expired CA, or leave no CA at all.
  @Test
  void filtersAreWidenedAfterTrustWhereEveryCaHasExpired() {
    TestWorld world = steady(GONE, FRESH).filteredBy(NS, commonName("booking.sdvdw"));
    world.leaf(Facts.leaf("booking", "booking", Facts.subject("new.sdvdw"), List.of()));
    Plan plan = world.plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 issue ca/booking-g2 Expired",
            "s2 trust namespace/booking.sdvdw NotTrusted <s1",
            "s3 filter namespace/booking.sdvdw LeafFilteredOut <s1,s2",
            "s4 reissue secret/apps/worker-tls WrongIssuer <s2,s3",
            "s5 roll deployment/apps/worker LeafReissued <s4");
    assertThat(Lines.actions(plan, Action.TrustCa.class).getFirst().probe().subject().commonName())
        .isEqualTo("booking.sdvdw");
  }

  @Test
  void expiredCaTakesTheFastPathAndSaysSo() {
    Plan plan = manual(steady(GONE, FRESH)).plan();
    assertThat(Lines.verbs(plan)).containsExactly("issue", "trust", "reissue", "roll");
    assertThat(plan.gates()).isEmpty();
    assertThat(plan.rotations()).singleElement().returns(true, Plan.RotationOutlook::fastPath);
  }
}
