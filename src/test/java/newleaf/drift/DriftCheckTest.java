package newleaf.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.journal.Snapshot;
import newleaf.observed.JournalPosition;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedNamespace.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One change by somebody else is one finding, and exactly that one.
class DriftCheckTest {
  private static final Certificate G2 = new Scene().cas.get(1).certificate();
  private static final Certificate OTHER = Scene.leaf("other");
  private static final ObservedCa SWAPPED =
      new ObservedCa(
          "booking",
          2,
          Scene.certificate("swapped", "CN=Booking CA G2", Duration.ofDays(300), true),
          true);

  record Change(Finding finding, Consumer<Scene> change) {
    @Override
    public String toString() {
      return finding.kind();
    }
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change(
            new Finding.CaAdded(Scene.NS, Scene.stranger()),
            s -> s.namespace = Scene.trusting(G2, Scene.stranger())),
        new Change(new Finding.CaRemoved(Scene.NS, G2), s -> s.namespace = Scene.trusting()),
        new Change(
            new Finding.FiltersChanged(
                Scene.NS, List.of(Scene.filter(Scene.NS)), List.of(Scene.filter("*x"))),
            s ->
                s.namespace = Scene.namespace(State.ACTIVE, true, List.of(Scene.filter("*x")), G2)),
        new Change(
            new Finding.MtlsTurnedOff(Scene.NS),
            s ->
                s.namespace =
                    Scene.namespace(State.ACTIVE, false, List.of(Scene.filter(Scene.NS)), G2)),
        new Change(new Finding.NamespaceGone(Scene.NS), s -> s.namespaceThere = false),
        new Change(
            new Finding.NamespaceNotActive(Scene.NS),
            s ->
                s.namespace =
                    Scene.namespace(State.UNAVAILABLE, true, List.of(Scene.filter(Scene.NS)), G2)),
        new Change(
            new Finding.LeafReplaced(Scene.PLACE, Optional.of(Scene.leaf("old")), OTHER),
            s -> s.leaf = Scene.holding(OTHER)),
        new Change(
            new Finding.LeafGone(Scene.PLACE, Scene.leaf("old")),
            s -> s.leaf = Scene.place(Optional.empty(), false, Optional.empty())),
        new Change(
            new Finding.KeyMismatch(Scene.PLACE, Scene.leaf("old")),
            s -> s.leaf = Scene.place(Optional.of(Scene.leaf("old")), false, Optional.empty())),
        new Change(
            new Finding.OwnerAppeared(Scene.PLACE, Optional.empty(), "Helm release x"),
            s ->
                s.leaf =
                    Scene.place(
                        Optional.of(Scene.leaf("old")), true, Optional.of("Helm release x"))),
        new Change(
            new Finding.WorkerGone(Scene.WORKER),
            s -> s.worker = Scene.workload(false, false, "old", 0)),
        new Change(
            new Finding.SecretNotMounted(Scene.WORKER, Scene.PLACE),
            s -> s.worker = Scene.workload(true, false, "old", 2)),
        new Change(
            new Finding.PodsBehind(
                Scene.WORKER, Scene.leaf("old"), List.of("worker-older0", "worker-older1")),
            s -> s.worker = Scene.running("older", 2)),
        new Change(
            new Finding.CaAppeared("ca/booking-g3", Scene.ca(3, Duration.ofDays(9)).certificate()),
            s ->
                s.cas =
                    Stream.concat(s.cas.stream(), Stream.of(Scene.ca(3, Duration.ofDays(9))))
                        .toList()),
        new Change(new Finding.CaFileGone("ca/booking-g2", G2), s -> s.cas = s.cas.subList(0, 1)),
        new Change(
            new Finding.CaFileChanged("ca/booking-g2", G2, SWAPPED.certificate()),
            s -> s.cas = List.of(s.cas.get(0), SWAPPED)),
        new Change(
            new Finding.CaKeyGone("ca/booking-g2", G2),
            s -> s.cas = List.of(s.cas.get(0), new ObservedCa("booking", 2, G2, false))));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void oneChangeIsOneFinding(Change change) {
    Scene scene = new Scene();
    Snapshot snapshot = scene.snapshot();
    assertThat(check(scene, snapshot).findings()).isEmpty();
    change.change().accept(scene);
    assertThat(check(scene, snapshot).findings())
        .containsExactly(new Found(change.finding(), Scene.THEN, Scene.NOW));
  }

  @Test
  void mtlsTurnedOnIsAFinding() {
    Scene scene = new Scene();
    scene.namespace = Scene.namespace(State.ACTIVE, false, List.of(), G2);
    Snapshot snapshot = scene.snapshot();
    scene.namespace = Scene.namespace(State.ACTIVE, true, List.of(), G2);
    assertThat(findings(scene, snapshot)).containsExactly(new Finding.MtlsTurnedOn(Scene.NS));
    scene.begin("a1", Deed.trust(2));
    assertThat(findings(scene, snapshot)).isEmpty();
  }

  @Test
  void everyKindIsTestedHere() {
    Set<Class<?>> tested = changes().map(c -> c.finding().getClass()).collect(Collectors.toSet());
    tested.add(Finding.MtlsTurnedOn.class);
    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(Finding.class.getPermittedSubclasses()));
    assertThat(Finding.kinds()).hasSize(tested.size()).doesNotHaveDuplicates();
  }

  static List<Finding> findings(Scene scene, Snapshot snapshot) {
    return check(scene, snapshot).findings().stream().map(Found::finding).toList();
  }

  static Drift check(Scene scene, Snapshot snapshot) {
    return check(scene, Optional.of(snapshot), IgnoreList.NOTHING, Optional.empty());
  }

  static Drift check(
      Scene scene, Optional<Snapshot> snapshot, IgnoreList ignored, Optional<String> holder) {
    return DriftCheck.of(
        new DriftCheck.Question(
            Scene.desired(), snapshot, Optional.of(Duration.ofDays(21)), ignored),
        new DriftCheck.Evidence(
            scene.observed(Scene.NOW), scene.journal(), scene.position(), holder),
        scene.plan());
  }

  @Test
  void ignoredFindingsAreCounted() {
    Scene scene = new Scene();
    Snapshot snapshot = scene.snapshot();
    scene.namespace = Scene.trusting(G2, Scene.stranger());
    IgnoreList ignored =
        IgnoreList.parse("f", List.of("# known", "namespace/*.sdvdw # ann", "foreign-ca/*"));
    Drift drift = check(scene, Optional.of(snapshot), ignored, Optional.empty());
    assertThat(drift.findings()).isEmpty();
    assertThat(drift.atRisk()).isEmpty();
    assertThat(drift.leftOut()).isEqualTo(new Drift.LeftOut(1, 1, 0));
  }

  @Test
  void whatARunIsChangingNowIsLeftOutOnlyWhileItHoldsTheLock() {
    Scene scene = new Scene();
    Snapshot snapshot = scene.snapshot();
    scene.begin("a1", Deed.filter(List.of(), List.of()));
    scene.namespace = Scene.trusting(G2, Scene.stranger());
    Drift during =
        check(scene, Optional.of(snapshot), IgnoreList.NOTHING, Optional.of("apply by ann"));
    assertThat(during.findings()).isEmpty();
    assertThat(during.leftOut().underWay()).isEqualTo(1);
    assertThat(check(scene, snapshot).findings()).hasSize(1);
    scene.end("a1");
    assertThat(
            check(scene, Optional.of(snapshot), IgnoreList.NOTHING, Optional.of("apply by ann"))
                .findings())
        .hasSize(1);
  }

  @Test
  void withoutASnapshotOnlyEndsAreLookedAt() {
    Scene scene = new Scene();
    scene.namespace = Scene.trusting(G2, Scene.stranger());
    Drift drift = check(scene, Optional.empty(), IgnoreList.NOTHING, Optional.empty());
    assertThat(drift.measure()).isEqualTo(Drift.Measure.NO_SNAPSHOT);
    assertThat(drift.findings()).isEmpty();
    assertThat(drift.atRisk()).hasSize(1);
  }

  @Test
  void snapshotOfAnotherJournalIsNoMeasure() {
    Scene scene = new Scene();
    Snapshot ours = scene.snapshot();
    scene.namespace = Scene.trusting(G2, Scene.stranger());
    for (JournalPosition other :
        List.of(
            new JournalPosition(Optional.of("cd".repeat(32)), 3),
            new JournalPosition(Optional.of(Scene.LINEAGE), 99))) {
      Snapshot foreign =
          new Snapshot("1.0", other, ours.desiredDigest(), ours.at(), ours.observed(), List.of());
      Drift drift = check(scene, Optional.of(foreign), IgnoreList.NOTHING, Optional.empty());
      assertThat(drift.measure()).isEqualTo(Drift.Measure.OTHER_JOURNAL);
      assertThat(drift.findings()).isEmpty();
    }
  }

  @Test
  void whatEndsSoonIsAtRiskUnlessNobodyUsesIt() {
    Scene scene = new Scene(); // G1 ends in 20 days, and is retired
    Snapshot snapshot = scene.snapshot();
    assertThat(check(scene, snapshot).atRisk()).isEmpty();
    scene.namespace = Scene.trusting(G2, Scene.stranger(), scene.cas.get(0).certificate());
    assertThat(check(scene, snapshot).atRisk())
        .extracting(Sighting::address)
        .containsExactly(
            "foreign-ca/" + Scene.stranger().fingerprint().shortText(), "ca/booking-g1");
  }

  @Test
  void dueForRenewalIsNoRiskInItself() {
    Scene scene = new Scene();
    scene.cas = List.of(scene.cas.get(0), Scene.ca(2, Duration.ofDays(50)));
    scene.namespace = Scene.trusting(scene.cas.get(1).certificate());
    Drift drift = check(scene, scene.snapshot());
    assertThat(drift.planned()).isPositive();
    assertThat(drift.isQuiet()).isTrue();
  }
}
