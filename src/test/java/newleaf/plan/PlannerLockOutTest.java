package newleaf.plan;

import static newleaf.plan.Facts.commonName;
import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.secret;
import static newleaf.plan.TestWorld.steady;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.desired.LeafSpec;
import org.junit.jupiter.api.Test;

/// Every change of filters is tried on every known leaf first.
class PlannerLockOutTest {
  private static final String TWO = "two.sdvdw";
  private static final Duration FRESH = Duration.ofDays(25);
  private static final CertificateFilter OURS = commonName("booking.sdvdw");
  private static final CertificateFilter OTHER = commonName("other.sdvdw");
  private static final CertificateFilter STARTER = commonName("starter*");

  /// A second holder of another subject, outside the cluster.
  private static TestWorld withStarter() {
    TestWorld world = steady().filteredBy(NS, OURS, STARTER);
    LeafSpec spec =
        Facts.leaf("starter", "booking", Facts.subject("starter.x"), List.of("a.example"));
    world.leaf(spec);
    Certificate leaf = Facts.issued(spec, "starter", world.ca("booking", 1), FRESH);
    return world.client("starter", "starter", secret("starter"), leaf, 1);
  }

  @Test
  void changeThatLocksALeafOutIsRefusedWithTheFilterAndTheLeaf() {
    Plan plan = withStarter().filters(NS, OURS).plan();
    assertThat(plan.blockers()).hasSize(1);
    assertThat(plan.blockers().getFirst().text().toString())
        .startsWith("NL5011 namespace/booking.sdvdw: the filters that it is to have")
        .contains(
            "([CN=booking.sdvdw])",
            "secret/apps/starter-tls (CN=starter.x,O=Temporal, SAN a.example)");
    assertThat(Lines.verbs(plan)).containsExactly("filter");
  }

  @Test
  void firstFilterIsTriedToo() {
    TestWorld world = withStarter().filteredBy(NS).filters(NS, OURS);
    assertThat(Lines.blockers(world.plan())).containsExactly("NL5011 namespace/booking.sdvdw");
  }

  @Test
  void changeThatLetsEverybodyInIsNotRefusedAndSaysWhichFilterGoesAndWhomItLetIn() {
    CertificateFilter both = commonName("star*");
    Plan plan = withStarter().filters(NS, OURS, both).plan();
    assertThat(plan.blockers()).isEmpty();
    assertThat(plan.steps().getFirst().reason())
        .isEqualTo(
            new Reason.FiltersDiffer(
                List.of(
                    new Reason.FilterGone(
                        STARTER,
                        List.of(
                            "secret/apps/starter-tls (CN=starter.x,O=Temporal, SAN a.example)")))));
  }

  @Test
  void filterThatOnlyLeavesBeforeTheRenewalNeededMayGo() {
    TestWorld world = steady().filteredBy(NS, OURS, commonName("new.sdvdw"));
    world
        .leaf(Facts.leaf("booking", "booking", Facts.subject("new.sdvdw"), List.of()))
        .filters(NS, commonName("new.sdvdw"));
    Plan plan = world.plan();
    assertThat(plan.blockers()).isEmpty();
    assertThat(Lines.verbs(plan)).containsExactly("reissue", "roll", "filter");
    assertThat(((Reason.FiltersDiffer) plan.steps().getLast().reason()).gone())
        .singleElement()
        .returns(OURS, Reason.FilterGone::filter)
        .returns(
            List.of("secret/apps/worker-tls (CN=booking.sdvdw,O=Temporal, no SAN)"),
            Reason.FilterGone::letIn);
  }

  @Test
  void leafThatIsLockedOutAlreadyLosesNothing() {
    TestWorld world = withStarter().filteredBy(NS, OURS, OTHER).filters(NS, OURS);
    assertThat(world.plan().blockers()).isEmpty();
    assertThat(Lines.verbs(world.plan())).containsExactly("filter");
  }

  @Test
  void widenedFilterIsTheOneThatTheYamlWants() {
    CertificateFilter wanted = commonName("new*");
    TestWorld world = steady().filteredBy(NS, OURS).filters(NS, OURS, wanted);
    world.leaf(Facts.leaf("booking", "booking", Facts.subject("new.sdvdw"), List.of()));
    assertThat(Lines.actions(world.plan(), Action.SetFilters.class))
        .singleElement()
        .returns(List.of(OURS, wanted), Action.SetFilters::after);
  }

  /// The client may connect to both namespaces; only one of them ever let it in.
  private static TestWorld inOneOfTwo() {
    TestWorld world = withStarter().namespace(TWO, "booking");
    return world.accepts(TWO, world.ca("booking", 1)).filteredBy(TWO, OTHER);
  }

  @Test
  void clientThatOneOfSeveralNamespacesLetsInNeedsNoFilterInTheOthers() {
    TestWorld world = inOneOfTwo();
    assertThat(world.plan().isEmpty()).isTrue();
    world.has("booking", 2, Duration.ofDays(365));
    Plan plan = world.plan();
    assertThat(Lines.verbs(plan)).doesNotContain("filter");
    assertThat(Lines.actions(plan, Action.ReissueLeaf.class))
        .anySatisfy(r -> {
          assertThat(r.place()).isEqualTo(secret("starter"));
          assertThat(r.namespaces()).containsExactly(NS);
        });
    assertThat(plan.blockers()).isEmpty();
  }

  @Test
  void clientIsLockedOutOnlyWhenTheLastNamespaceThatLetItInDoesNotAnyMore() {
    CertificateFilter starters = commonName("starter.x");
    TestWorld both = inOneOfTwo().filteredBy(TWO, OTHER, starters);
    assertThat(both.filters(TWO, OTHER).plan().blockers()).isEmpty();
    TestWorld none = inOneOfTwo().filteredBy(TWO, OTHER, starters);
    none.filters(NS, OURS).filters(TWO, OTHER);
    assertThat(Lines.blockers(none.plan())).containsExactly("NL5011 namespace/two.sdvdw");
  }

  @Test
  void leafThatIsNoLongerInTheYamlIsLockedOutOnlyWhenAPersonSaysSo() {
    TestWorld world = steady().filteredBy(NS, OURS, OTHER).filters(NS, OURS);
    LeafSpec gone = Facts.leaf("gone", "booking", Facts.subject("other.sdvdw"), List.of());
    world.issued("secret/old/tls", gone, world.ca("booking", 1), FRESH, NS);
    Plan plan = world.plan();
    assertThat(plan.blockers()).isEmpty();
    String gate = "lockout/namespace/booking.sdvdw/secret/old/tls";
    assertThat(Lines.gates(plan)).containsExactly(gate + " >s1");
    assertThat(Lines.gates(world.recorded(Map.of(), gate).plan()))
        .containsExactly(gate + " >s1 given");
    world.recorded(Map.of());
    TestWorld expired = steady().filteredBy(NS, OURS, OTHER).filters(NS, OURS);
    expired.issued("secret/old/tls", gone, expired.ca("booking", 1), Duration.ofDays(-1), NS);
    assertThat(expired.plan().gates()).isEmpty();
  }

  @Test
  void probeLooksLikeALeafThatTheFiltersLetIn() {
    TestWorld world = steady(Duration.ofDays(60), FRESH).filteredBy(NS, OURS);
    assertThat(probe(world).subject()).isEqualTo(Facts.subject("booking.sdvdw"));
    world.workers.clear();
    world.filteredBy(
        NS,
        new CertificateFilter(
            Optional.of("*.sdvdw"), Optional.of("Acme*"), Optional.empty(), Optional.of("a.b")));
    assertThat(probe(world).subject().text())
        .isEqualTo("CN=newleaf-probe.sdvdw,O=Acmenewleaf-probe");
    assertThat(probe(world).dnsNames()).containsExactly("a.b");
    world.filteredBy(NS, commonName("x".repeat(60) + "*"));
    assertThat(probe(world).subject().commonName()).isEqualTo("x".repeat(60));
  }

  private static newleaf.cert.LeafProfile probe(TestWorld world) {
    return Lines.actions(world.plan(), Action.TrustCa.class).getFirst().probe();
  }
}
