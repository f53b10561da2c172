package newleaf.plan;

import static newleaf.plan.Facts.NOW;
import static newleaf.plan.Facts.commonName;
import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.secret;
import static newleaf.plan.TestWorld.steady;
import static newleaf.plan.TestWorld.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import newleaf.cert.CertificateFilter;
import newleaf.desired.Restart;
import newleaf.observed.ObservedNamespace.State;
import org.junit.jupiter.api.Test;

/// Filters are widened before a leaf needs it, and narrowed when every leaf has moved.
class PlannerFiltersTest {
  private static final Duration FRESH = Duration.ofDays(25);
  private static final CertificateFilter OLD = commonName("booking.sdvdw");
  private static final CertificateFilter NEW = commonName("new.sdvdw");

  /// The leaf's subject was changed in the YAML, and the filter does not know the new one.
  private static TestWorld renamed() {
    return steady()
        .filteredBy(NS, OLD)
        .leaf(Facts.leaf("booking", "booking", Facts.subject("new.sdvdw"), List.of()));
  }

  private static List<List<CertificateFilter>> after(Plan plan) {
    return Lines.actions(plan, Action.SetFilters.class).stream()
        .map(Action.SetFilters::after)
        .toList();
  }

  @Test
  void filterIsWidenedBeforeTheLeafThatNeedsItIsIssued() {
    Plan plan = renamed().plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 filter namespace/booking.sdvdw LeafFilteredOut",
            "s2 reissue secret/apps/worker-tls SpecChanged <s1",
            "s3 roll deployment/apps/worker LeafReissued <s2");
    assertThat(after(plan)).containsExactly(List.of(OLD, NEW));
  }

  @Test
  void filtersOfTheYamlAreSetWhenEveryLeafHasMoved() {
    Plan plan = renamed().filters(NS, NEW).plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 filter namespace/booking.sdvdw LeafFilteredOut",
            "s2 reissue secret/apps/worker-tls SpecChanged <s1",
            "s3 roll deployment/apps/worker LeafReissued <s2",
            "s4 filter namespace/booking.sdvdw FiltersDiffer <s2,s3");
    assertThat(after(plan)).containsExactly(List.of(OLD, NEW), List.of(NEW));
  }

  @Test
  void filtersThatTheYamlDoesNotSpeakOfAreLeftAlone() {
    assertThat(steady().filteredBy(NS, OLD, NEW).plan().isEmpty()).isTrue();
  }

  @Test
  void emptyListInTheYamlTakesAllFiltersAway() {
    assertThat(after(steady().filteredBy(NS, OLD).filters(NS).plan())).containsExactly(List.of());
  }

  @Test
  void firstFilterComesLastBecauseItNarrows() {
    Plan plan = wanted().filters(NS, OLD).plan();
    assertThat(Lines.verbs(plan)).containsExactly("issue", "trust", "reissue", "roll", "filter");
    assertThat(plan.steps().getLast().needs()).containsExactly("s2", "s3", "s4");
  }

  @Test
  void filtersAreNarrowedAfterTheOldCaIsGone() {
    TestWorld world = steady(Duration.ofDays(60), FRESH).filteredBy(NS, OLD, NEW).filters(NS, OLD);
    Plan plan = world.plan();
    assertThat(Lines.verbs(plan))
        .containsExactly("issue", "trust", "reissue", "roll", "retire", "filter");
    assertThat(plan.steps().getLast().needs()).containsExactly("s2", "s3", "s4", "s5");
  }

  /// A run was stopped before the time for loading it was over; the leaf before passes another
  /// filter.
  @Test
  void leafThatWasJustWrittenIsGivenTimeBeforeFiltersChange() {
    TestWorld world =
        steady()
            .filteredBy(NS, OLD, NEW)
            .filters(NS, OLD)
            .worker("worker", "booking", NS, Restart.NONE)
            .writtenAt(secret("worker"), NOW.minusSeconds(119));
    assertThat(Lines.steps(world.plan()))
        .containsExactly(
            "s1 reload worker/worker JustWritten",
            "s2 filter namespace/booking.sdvdw FiltersDiffer <s1");
    world.writtenAt(secret("worker"), NOW.minusSeconds(120));
    assertThat(Lines.verbs(world.plan())).containsExactly("filter");
  }

  @Test
  void filtersAlreadyAsWantedNeedNoStep() {
    assertThat(steady().filteredBy(NS, OLD).filters(NS, OLD).plan().isEmpty()).isTrue();
  }

  /// Two CAs in one namespace: the leaves of both are renamed.
  private static TestWorld twoRotations() {
    TestWorld world = renamed().ca(Facts.ca("pay")).namespace(NS, "booking", "pay");
    world.leaf(Facts.leaf("pay", "pay")).worker("payer", "pay", NS, Restart.ROLLING);
    world.has("pay", 1, Duration.ofDays(300));
    return world
        .accepts(NS, world.ca("booking", 1), world.ca("pay", 1))
        .filteredBy(NS, OLD, commonName("pay.sdvdw"))
        .holds("payer", "pay", 1, FRESH)
        .runs("payer", "pay")
        .leaf(Facts.leaf("pay", "pay", Facts.subject("newer.sdvdw"), List.of()));
  }

  @Test
  void secondRotationWidensWhatTheFirstOneLeft() {
    assertThat(after(twoRotations().plan()))
        .containsExactly(
            List.of(OLD, commonName("pay.sdvdw"), NEW),
            List.of(OLD, commonName("pay.sdvdw"), NEW, commonName("newer.sdvdw")));
  }

  @Test
  void filtersAreSettledAfterTheLeavesOfEveryCaOfTheNamespaceMoved() {
    Plan plan = twoRotations().filters(NS, NEW, commonName("newer.sdvdw")).plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 filter namespace/booking.sdvdw LeafFilteredOut",
            "s2 reissue secret/apps/worker-tls SpecChanged <s1",
            "s3 roll deployment/apps/worker LeafReissued <s2",
            "s4 filter namespace/booking.sdvdw LeafFilteredOut <s1",
            "s5 reissue secret/apps/payer-tls SpecChanged <s4",
            "s6 roll deployment/apps/payer LeafReissued <s5",
            "s7 filter namespace/booking.sdvdw FiltersDiffer <s2,s3,s5,s6");
    assertThat(after(plan).getLast()).containsExactly(NEW, commonName("newer.sdvdw"));
  }

  @Test
  void filtersOfANamespaceThatIsBeingUpdatedAreBlocked() {
    TestWorld world = steady();
    world
        .found(NS, State.UPDATING, 700, List.of(OLD), world.ca("booking", 1))
        .filters(NS, OLD, NEW);
    assertThat(Lines.blockers(world.plan())).containsExactly("NL5002 namespace/booking.sdvdw");
    TestWorld renamed = renamed();
    renamed.found(NS, State.UNAVAILABLE, 700, List.of(OLD), renamed.ca("booking", 1));
    assertThat(Lines.blockers(renamed.plan())).containsExactly("NL5003 namespace/booking.sdvdw");
  }

  @Test
  void wideningBeyondTheLimitIsBlocked() {
    CertificateFilter[] full =
        IntStream.range(0, CertificateFilter.MAX_PER_NAMESPACE)
            .mapToObj(i -> commonName("f" + i))
            .toArray(CertificateFilter[]::new);
    assertThat(Lines.blockers(renamed().filteredBy(NS, full).plan()))
        .containsExactly("NL5010 namespace/booking.sdvdw");
  }
}
