package newleaf.drift;

import static newleaf.drift.DriftCheckTest.check;
import static newleaf.drift.DriftCheckTest.findings;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.journal.Entry;
import newleaf.journal.Snapshot;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedNamespace.State;
import newleaf.observed.ObservedWorker;
import org.junit.jupiter.api.Test;

/// What newleaf's own steps and time explain is no drift; the same change without the step is.
class ExplainedTest {
  private final Scene scene = new Scene();
  private final Certificate g1 = scene.cas.get(0).certificate();
  private final Certificate g2 = scene.cas.get(1).certificate();

  @Test
  void trustedCaIsExplainedByItsStepAlsoBeforeTheStepEnds() {
    Snapshot snapshot = scene.snapshot();
    ObservedCa g3 = Scene.ca(3, Duration.ofDays(365));
    scene.cas = Stream.concat(scene.cas.stream(), Stream.of(g3)).toList();
    scene.begin("a1", Deed.issue(3));
    scene.end("a1");
    assertThat(findings(scene, snapshot)).isEmpty();
    scene.namespace = Scene.trusting(g2, g3.certificate());
    assertThat(findings(scene, snapshot))
        .containsExactly(new Finding.CaAdded(Scene.NS, g3.certificate()));
    scene.begin("a2", Deed.trust(3));
    assertThat(findings(scene, snapshot)).isEmpty();
    scene.end("a2");
    assertThat(findings(scene, snapshot)).isEmpty();
  }

  @Test
  void stepThatHadNoEffectYetIsNoDrift() {
    Snapshot snapshot = scene.snapshot();
    scene.begin("a1", Deed.trust(3));
    scene.begin("a2", Deed.reissue("old"));
    scene.begin("a3", Deed.retire(2, g2));
    scene.begin("a4", Deed.filter(List.of(Scene.filter(Scene.NS)), List.of()));
    assertThat(findings(scene, snapshot)).isEmpty();
  }

  @Test
  void certificateThatIsNotTheOneNewleafMadeIsNotExplainedByItsStep() {
    Snapshot snapshot = scene.snapshot();
    ObservedCa g3 = Scene.ca(3, Duration.ofDays(365));
    scene.cas = Stream.concat(scene.cas.stream(), Stream.of(g3)).toList();
    scene.begin("a1", Deed.issue(3));
    scene.write(new Entry.CaMade("ca/booking-g3", Scene.fingerprint("another"), "pem"));
    scene.begin("a2", Deed.trust(3));
    scene.namespace = Scene.trusting(g2, g3.certificate());
    assertThat(findings(scene, snapshot))
        .containsExactly(
            new Finding.CaAdded(Scene.NS, g3.certificate()),
            new Finding.CaAppeared("ca/booking-g3", g3.certificate()));
  }

  @Test
  void keyBetweenTwoFilesIsExplainedOnlyWhileTheReissueIsOpen() {
    Snapshot snapshot = scene.snapshot();
    scene.leaf = Scene.place(Optional.of(Scene.leaf("old")), false, Optional.empty());
    scene.begin("a1", Deed.reissue("old"));
    assertThat(findings(scene, snapshot)).isEmpty();
    scene.end("a1");
    assertThat(findings(scene, snapshot))
        .containsExactly(new Finding.KeyMismatch(Scene.PLACE, Scene.leaf("old")));
  }

  @Test
  void podsAreExplainedOnlyWhileARestartIsOpen() {
    Snapshot snapshot = scene.snapshot();
    scene.begin("a1", Deed.roll());
    scene.worker = Scene.running("older", 2);
    assertThat(findings(scene, snapshot)).isEmpty();
    scene.end("a1");
    assertThat(findings(scene, snapshot)).hasOnlyElementsOfType(Finding.PodsBehind.class);
  }

  @Test
  void caOfAnotherIsNotExplainedByATrustStep() {
    Snapshot snapshot = scene.snapshot();
    scene.begin("a1", Deed.trust(3));
    scene.namespace = Scene.trusting(g2, Scene.stranger());
    assertThat(findings(scene, snapshot))
        .containsExactly(new Finding.CaAdded(Scene.NS, Scene.stranger()));
  }

  @Test
  void retiredAndExpiredCasMayGoAndComeBack() {
    scene.namespace = Scene.trusting(g1, g2);
    Snapshot snapshot = scene.snapshot();
    scene.namespace = Scene.trusting(g2);
    assertThat(findings(scene, snapshot)).containsExactly(new Finding.CaRemoved(Scene.NS, g1));
    scene.begin("a1", Deed.retire(1, g1));
    assertThat(findings(scene, snapshot)).isEmpty();

    Scene later = new Scene();
    Snapshot without = later.snapshot();
    later.begin("a1", Deed.retire(1, g1));
    later.write(new Entry.PutBack("ca/booking-g1"));
    later.namespace = Scene.trusting(g2, g1);
    assertThat(findings(later, without)).isEmpty();

    Scene expired = new Scene();
    expired.namespace = Scene.trusting(g1, g2);
    Snapshot with = expired.snapshot();
    expired.begin("a1", Deed.trust(2, g1.fingerprint()));
    expired.namespace = Scene.trusting(g2);
    assertThat(findings(expired, with)).isEmpty();
  }

  @Test
  void filtersThatAStepSetsOrFindsAreExplainedAndOthersAreNot() {
    Snapshot snapshot = scene.snapshot();
    List<CertificateFilter> wide = List.of(Scene.filter("*.sdvdw"), Scene.filter(Scene.NS));
    scene.begin("a1", Deed.filter(List.of(Scene.filter(Scene.NS)), wide));
    scene.namespace = Scene.namespace(State.ACTIVE, true, wide.reversed(), g2);
    assertThat(findings(scene, snapshot)).isEmpty();
    scene.namespace = Scene.namespace(State.ACTIVE, true, List.of(), g2);
    assertThat(findings(scene, snapshot)).hasSize(1);
  }

  @Test
  void leafIsExplainedByTheLedgerSinceTheSnapshot() {
    Certificate next = Scene.leaf("next");
    scene.begin("a0", Deed.reissue("oldest"));
    scene.write(issued(Scene.leaf("older")));
    scene.end("a0");
    Snapshot snapshot = scene.snapshot();
    scene.begin("a1", Deed.reissue("old"));
    scene.write(issued(next));
    scene.leaf = Scene.holding(next);
    assertThat(findings(scene, snapshot)).isEmpty(); // its pods are still on the one before
    scene.end("a1");
    scene.begin("a2", Deed.roll());
    scene.worker = Scene.running("next", 3);
    assertThat(findings(scene, snapshot)).isEmpty();

    scene.leaf = Scene.holding(Scene.leaf("older"));
    scene.worker = Scene.running("older", 3);
    assertThat(findings(scene, snapshot))
        .as("an old leaf of ours that somebody put back")
        .containsExactly(
            new Finding.LeafReplaced(
                Scene.PLACE, Optional.of(Scene.leaf("old")), Scene.leaf("older")));
  }

  private static Entry issued(Certificate leaf) {
    return new Entry.LeafIssued(
        Scene.PLACE.address(),
        leaf.fingerprint(),
        Scene.fingerprint("g2"),
        leaf.validity().notAfter());
  }

  @Test
  void stepThatWasOpenAtTheSnapshotStillExplains() {
    scene.begin("a1", Deed.reissue("old"));
    scene.write(issued(Scene.leaf("next")));
    scene.begin("a2", Deed.retire(2, g2));
    Snapshot snapshot = scene.snapshot();
    scene.leaf = Scene.holding(Scene.leaf("next"));
    scene.namespace = Scene.trusting();
    assertThat(findings(scene, snapshot)).isEmpty();
  }

  @Test
  void stepThatEndedBeforeTheSnapshotExplainsNothing() {
    scene.namespace = Scene.trusting(g1, g2);
    scene.begin("a1", Deed.retire(1, g1));
    scene.end("a1");
    Snapshot snapshot = scene.snapshot();
    scene.namespace = Scene.trusting(g2);
    assertThat(findings(scene, snapshot)).containsExactly(new Finding.CaRemoved(Scene.NS, g1));
  }

  @Test
  void podsVersionsOrderAndUpdatesUnderWayAreNoDrift() {
    scene.namespace =
        Scene.namespace(State.ACTIVE, true, List.of(Scene.filter("a"), Scene.filter("b")), g1, g2);
    Snapshot snapshot = scene.snapshot();
    ObservedNamespace busy =
        Scene.namespace(
            State.UPDATING, true, List.of(Scene.filter("b"), Scene.filter("a")), g2, g1);
    scene.namespace =
        new ObservedNamespace(
            busy.name(),
            "v77",
            busy.state(),
            Optional.of("op"),
            true,
            busy.acceptedClientCas(),
            9,
            busy.filters(),
            Optional.of("127.0.0.1:9"));
    ObservedLeaf was = scene.leaf;
    scene.leaf =
        new ObservedLeaf(
            was.place(),
            was.certificate(),
            Optional.empty(),
            true,
            Optional.of("8"),
            Optional.of(Scene.NOW),
            Optional.empty());
    scene.worker = Scene.running("old", 5);
    assertThat(findings(scene, snapshot)).isEmpty();
  }

  @Test
  void podsThatWereNeverRolledByNewleafMayRestart() {
    scene.worker = unmarked("a", Scene.THEN);
    Snapshot snapshot = scene.snapshot();
    scene.worker = unmarked("b", Scene.NOW);
    assertThat(findings(scene, snapshot)).isEmpty();
  }

  private static ObservedWorker unmarked(String pod, Instant started) {
    return new ObservedWorker(
        Scene.WORKER,
        true,
        1,
        true,
        Optional.empty(),
        true,
        List.of(new ObservedWorker.Pod(pod, true, Optional.empty(), Optional.of(started))));
  }

  @Test
  void filesOfARetiredCaMayGo() {
    Snapshot snapshot = scene.snapshot();
    scene.cas = List.of(scene.cas.get(1));
    assertThat(findings(scene, snapshot)).isEmpty();
    Scene accepted = new Scene();
    accepted.namespace = Scene.trusting(g1, g2);
    Snapshot before = accepted.snapshot();
    accepted.cas = List.of(accepted.cas.get(1));
    assertThat(findings(accepted, before))
        .containsExactly(new Finding.CaFileGone("ca/booking-g1", g1));
  }

  @Test
  void whatTheYamlAsksForAndIsNotAppliedIsNoDrift() {
    scene.namespace = Scene.namespace(State.ACTIVE, true, List.of(), g1);
    scene.leaf = Scene.place(Optional.empty(), false, Optional.empty());
    Drift drift = check(scene, scene.snapshot());
    assertThat(drift.findings()).isEmpty();
    assertThat(drift.planned()).isPositive();
  }
}
