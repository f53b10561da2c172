package newleaf.drift;

import static newleaf.drift.DriftCheckTest.findings;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.journal.Snapshot;
import newleaf.json.Json;
import newleaf.observed.ObservedCa;
import org.junit.jupiter.api.Test;

/// An apply must not make a stranger's change the new normal.
class SnapshotsTest {
  private final Scene scene = new Scene();
  private final Certificate g2 = scene.cas.get(1).certificate();
  private Snapshot snapshot = scene.snapshot();

  private void apply(Predicate<String> accepted) {
    Snapshot next =
        Snapshots.next(
            Scene.desired(),
            Optional.of(snapshot),
            scene.observed(Scene.NOW),
            scene.journal(),
            accepted);
    snapshot = Json.read(Json.pretty(next), Snapshot.class);
    assertThat(snapshot).isEqualTo(next);
    assertThat(snapshot.observed()).isEqualTo(scene.observed(Scene.NOW));
  }

  @Test
  void changeOfSomebodyElseOutlivesEveryApplyUntilItIsAccepted() {
    scene.namespace = Scene.trusting(g2, Scene.stranger());
    Finding added = new Finding.CaAdded(Scene.NS, Scene.stranger());
    for (int i = 0; i < 3; i++) {
      assertThat(findings(scene, snapshot)).containsExactly(added);
      apply(_ -> false);
    }
    assertThat(DriftCheckTest.check(scene, snapshot).findings().getFirst().after())
        .as("still the time before the change")
        .isEqualTo(Scene.THEN);
    apply(address -> address.equals("namespace/other.sdvdw"));
    assertThat(findings(scene, snapshot)).containsExactly(added);
    apply(address -> address.equals("namespace/" + Scene.NS));
    assertThat(findings(scene, snapshot)).isEmpty();
    assertThat(snapshot.earlier()).isEmpty();
  }

  @Test
  void changeThatIsTakenBackIsForgotten() {
    scene.namespace = Scene.trusting(g2, Scene.stranger());
    apply(_ -> false);
    assertThat(snapshot.earlier()).hasSize(1);
    scene.namespace = Scene.trusting(g2);
    apply(_ -> false);
    assertThat(snapshot.earlier()).isEmpty();
    assertThat(findings(scene, snapshot)).isEmpty();
  }

  @Test
  void stepsOfThatRunAreExplainedBesideTheChange() {
    scene.namespace = Scene.trusting(g2, Scene.stranger());
    ObservedCa g3 = Scene.ca(3, Duration.ofDays(365));
    scene.cas = Stream.concat(scene.cas.stream(), Stream.of(g3)).toList();
    scene.begin("a1", Deed.issue(3));
    scene.begin("a2", Deed.trust(3));
    scene.end("a1");
    scene.end("a2");
    scene.namespace = Scene.trusting(g2, Scene.stranger(), g3.certificate());
    apply(_ -> false);
    assertThat(findings(scene, snapshot))
        .containsExactly(new Finding.CaAdded(Scene.NS, Scene.stranger()));
  }

  @Test
  void generationThatAppearedStaysAFinding() {
    ObservedCa g3 = Scene.ca(3, Duration.ofDays(365));
    scene.cas = Stream.concat(scene.cas.stream(), Stream.of(g3)).toList();
    scene.worker = Scene.running("older", 2);
    scene.leaf = Scene.holding(Scene.leaf("old"));
    apply(_ -> false);
    assertThat(findings(scene, snapshot))
        .hasSize(2)
        .contains(new Finding.CaAppeared("ca/booking-g3", g3.certificate()));
    assertThat(snapshot.earlier()).hasSize(1); // both were otherwise at the same time
    apply("ca/booking-g3"::equals);
    assertThat(findings(scene, snapshot))
        .hasOnlyElementsOfType(Finding.PodsBehind.class)
        .hasSize(1);
  }

  @Test
  void firstSnapshotTakesWhatIsThere() {
    Snapshot first =
        Snapshots.next(
            Scene.desired(),
            Optional.empty(),
            scene.observed(Scene.NOW),
            scene.journal(),
            _ -> false);
    assertThat(first).isEqualTo(Snapshot.of(scene.observed(Scene.NOW), Scene.desired().digest()));
    assertThat(findings(scene, first)).isEmpty();
  }
}
