package newleaf.plan;

import static newleaf.plan.Facts.NOW;
import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import newleaf.cert.Certificate;
import newleaf.cert.DistinguishedName;
import newleaf.cert.KeyAlgorithm;
import newleaf.desired.Restart;
import newleaf.desired.Retire;
import newleaf.observed.ObservedCa;
import org.junit.jupiter.api.Test;

/// CAs that somebody else made and newleaf was told to replace in time.
class PlannerAdoptedTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration LONG = Duration.ofDays(300);
  private static final Duration SHORT = Duration.ofDays(60);
  private static final Duration FRESH = Duration.ofDays(25);

  /// The worker's leaf has no common name and a key of another kind than the YAML's.
  private static TestWorld adopting(Certificate... cas) {
    TestWorld world = wanted();
    world.ca(Facts.adopting(Facts.ca("booking"), cas)).accepts(NS, cas);
    for (Certificate ca : cas) {
      world.has(new ObservedCa("booking", ObservedCa.ADOPTED, ca, false));
    }
    return world.holds("worker", odd(cas[0], FRESH), cas[0], true).runs("worker", "long ago");
  }

  private static Certificate odd(Certificate issuer, Duration left) {
    Certificate leaf = Facts.issued(Facts.leaf("x", "booking"), "odd", issuer, left);
    return new Certificate(
        leaf.fingerprint(),
        new DistinguishedName("OU=,O=Acme"),
        issuer.subject(),
        leaf.validity(),
        List.of("client.root.acme.x7qz"),
        "rsa-4096",
        false);
  }

  private static Certificate acme(Duration left) {
    return Facts.foreign("Acme", left);
  }

  private static String address(Certificate ca) {
    return "ca/booking-" + ca.fingerprint().shortText();
  }

  @Test
  void nothingIsDueThoughKeySubjectAndLeafAreNotAsTheYamlSaysAndPodsAreOlder() {
    Certificate acme = acme(LONG);
    Plan plan = adopting(acme).plan();
    assertThat(Lines.steps(plan)).isEmpty();
    assertThat(plan.gates()).isEmpty();
    assertThat(plan.blockers()).isEmpty();
    assertThat(plan.known()).containsExactly(new Plan.Known(Plan.Role.CA, address(acme), acme));
    assertThat(plan.upcoming())
        .containsExactly(
            new Due("secret/apps/worker-tls", Due.What.RENEWAL, NOW.plus(Duration.ofDays(15))),
            new Due(address(acme), Due.What.RENEWAL, NOW.plus(Duration.ofDays(240))));
  }

  @Test
  void itsWindowBeginsTheOrdinaryRotationToTheFirstGeneration() {
    Certificate acme = acme(SHORT);
    Plan plan = adopting(acme).plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 issue ca/booking-g1 NearingExpiry",
            "s2 trust namespace/booking.sdvdw NotTrusted <s1",
            "s3 reissue secret/apps/worker-tls WrongIssuer <s2",
            "s4 roll deployment/apps/worker LeafReissued <s3",
            "s5 retire namespace/booking.sdvdw NoLongerUsed <s2,s3,s4");
    assertThat(Lines.gates(plan)).containsExactly("soak/" + address(acme) + " s2,s3,s4>s5");
    Action.RetireCa retire = Lines.actions(plan, Action.RetireCa.class).getFirst();
    assertThat(retire.certificate()).isEqualTo(acme);
    assertThat(retire.oldAddress()).isEqualTo(address(acme));
    assertThat(plan.deadline())
        .hasValueSatisfying(d -> assertThat(d.at()).isBefore(NOW.plus(SHORT)));
  }

  @Test
  void expiredOneIsDroppedWithTheTrustOfTheFirstGeneration() {
    Plan plan = adopting(acme(Duration.ofDays(-1))).plan();
    assertThat(Lines.verbs(plan)).containsExactly("issue", "trust", "reissue", "roll");
    assertThat(plan.steps().getFirst().reason()).isInstanceOf(Reason.Expired.class);
    assertThat(Lines.actions(plan, Action.TrustCa.class).getFirst().expired()).hasSize(1);
  }

  @Test
  void leafThatHasToBeReplacedNeedsAKeyThatNewleafHolds() {
    Certificate acme = acme(LONG);
    Certificate other = Facts.foreign("Other", LONG);
    for (TestWorld world :
        List.of(
            adopting(acme).holds("worker", odd(acme, Duration.ofDays(10)), acme, true),
            adopting(acme).holds("worker", odd(acme, Duration.ofDays(-1)), acme, true),
            adopting(acme).holds("worker", odd(acme, FRESH), acme, false),
            adopting(acme).holds("worker", odd(other, FRESH), other, true))) {
      Plan plan = world.plan();
      assertThat(Lines.verbs(plan)).containsExactly("issue", "trust", "reissue", "roll", "retire");
      assertThat(plan.steps().getFirst().reason())
          .isEqualTo(new Reason.KeyElsewhere("secret/apps/worker-tls"));
    }
  }

  @Test
  void missingLeafNeedsOneToo() {
    TestWorld world = adopting(acme(LONG));
    world.leaf(Facts.leaf("other", "booking")).worker("other", "other", NS, Restart.ROLLING);
    world.runs("other", "none");
    assertThat(world.plan().steps().getFirst().reason())
        .isEqualTo(new Reason.KeyElsewhere("secret/apps/other-tls"));
  }

  @Test
  void namespaceThatAcceptsNoneOfThemNeedsOneToo() {
    TestWorld world = adopting(acme(LONG));
    world.namespace("second.sdvdw", "booking").accepts("second.sdvdw");
    Plan plan = world.plan();
    assertThat(plan.steps().getFirst().reason())
        .isEqualTo(new Reason.KeyElsewhere("namespace/second.sdvdw"));
    assertThat(Lines.verbs(plan))
        .containsExactly("issue", "trust", "trust", "reissue", "roll", "retire");
  }

  @Test
  void adoptedOnesThatNobodyAcceptsAreAsIfThereWereNone() {
    TestWorld world = wanted().ca(Facts.adopting(Facts.ca("booking"), acme(LONG)));
    Plan plan = world.plan();
    assertThat(plan.steps().getFirst().reason()).isEqualTo(new Reason.Missing());
    assertThat(Lines.verbs(plan)).containsExactly("issue", "trust", "reissue", "roll");
  }

  @Test
  void leafOfAnyAdoptedOneStays() {
    Certificate other = Facts.foreign("Other", LONG);
    TestWorld world = adopting(acme(LONG), other);
    assertThat(Lines.steps(world.holds("worker", odd(other, FRESH), other, true).plan())).isEmpty();
  }

  @Test
  void severalGoOneByOneInTheOrderOfTheYaml() {
    Certificate issuing = Facts.foreign("Acme Issuing", LONG);
    Certificate root = Facts.foreign("Acme Root", SHORT);
    Plan plan = adopting(issuing, root).plan();
    assertThat(Lines.actions(plan, Action.RetireCa.class))
        .extracting(Action.RetireCa::oldAddress)
        .containsExactly(address(issuing), address(root));
    assertThat(plan.gates())
        .extracting(Gate::id)
        .containsExactly("soak/" + address(issuing), "soak/" + address(root));
  }

  @Test
  void onceTheFirstGenerationIsMadeItIsTheTargetAndAdoptedOnesAreOld() {
    Certificate acme = acme(LONG);
    TestWorld world = adopting(acme).has("booking", 1, YEAR);
    assertThat(Lines.verbs(world.plan())).containsExactly("trust", "reissue", "roll", "retire");
    world.accepts(NS, acme, world.ca("booking", 1)).holds("worker", "new", 1, FRESH);
    assertThat(Lines.verbs(world.runs("worker", "new").plan())).containsExactly("retire");
    world.accepts(NS, world.ca("booking", 1));
    assertThat(world.plan().isEmpty()).isTrue();
  }

  @Test
  void soakAndApprovalGoByTheFingerprintOfTheAdoptedOne() {
    Certificate acme = acme(LONG);
    TestWorld world = adopting(acme).has("booking", 1, YEAR);
    world
        .ca(
            Facts.adopting(
                Facts.ca(
                    "booking", Facts.subject("booking CA"), KeyAlgorithm.EC_P384, Retire.MANUAL),
                acme))
        .accepts(NS, acme, world.ca("booking", 1))
        .holds("worker", "new", 1, FRESH)
        .runs("worker", "new");
    Instant opened = NOW.minus(Duration.ofMinutes(3));
    world.recorded(Map.of("soak/" + address(acme), opened), "retire/" + address(acme));
    assertThat(Lines.gates(world.plan()))
        .containsExactly(
            "soak/" + address(acme) + " >s1 until " + opened.plus(Duration.ofMinutes(10)),
            "retire/" + address(acme) + " >s1 given");
  }

  @Test
  void filtersOfTheYamlAreSetThoughNothingIsDue() {
    TestWorld world = adopting(acme(LONG));
    world.filters(NS, Facts.commonName("booking*"));
    assertThat(Lines.verbs(world.plan())).containsExactly("filter");
  }

  @Test
  void namespaceThatIsNotThereIsToldThoughNothingIsDue() {
    TestWorld world = adopting(acme(LONG)).namespace("gone.sdvdw", "booking");
    assertThat(Lines.blockers(world.plan())).containsExactly("NL5001 namespace/gone.sdvdw");
  }
}
