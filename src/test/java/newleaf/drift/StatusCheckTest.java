package newleaf.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.journal.Entry;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.plan.Gate;
import org.junit.jupiter.api.Test;

class StatusCheckTest {
  private final Scene scene = new Scene();
  private final Certificate g1 = scene.cas.get(0).certificate();
  private final Certificate g2 = scene.cas.get(1).certificate();

  private Status status() {
    return StatusCheck.of(
        Scene.desired(),
        scene.observed(Scene.NOW),
        scene.plan(),
        Runs.of(scene.journal()),
        Optional.empty());
  }

  private List<Phase> phases() {
    return status().cas().getFirst().generations().stream().map(Status.Generation::phase).toList();
  }

  @Test
  void phasesFollowARolloverFromEndToEnd() {
    assertThat(phases()).containsExactly(Phase.REMOVED, Phase.ACTIVE);
    ObservedCa g3 = Scene.ca(3, Duration.ofDays(365));
    List<ObservedCa> three = new ArrayList<>(scene.cas);
    three.add(g3);
    scene.cas = three;
    assertThat(phases()).containsExactly(Phase.REMOVED, Phase.ACTIVE, Phase.GENERATED);
    scene.namespace = Scene.trusting(g2, g3.certificate());
    assertThat(phases()).containsExactly(Phase.REMOVED, Phase.ACTIVE, Phase.STAGED);
    scene.leaf = from(g3.certificate());
    assertThat(phases()).containsExactly(Phase.REMOVED, Phase.RETIRING, Phase.ACTIVE);
    scene.namespace = Scene.trusting(g3.certificate());
    assertThat(phases()).containsExactly(Phase.REMOVED, Phase.REMOVED, Phase.ACTIVE);
  }

  private ObservedLeaf from(Certificate issuer) {
    ObservedLeaf l = scene.leaf;
    return new ObservedLeaf(
        l.place(),
        l.certificate(),
        Optional.of(issuer.fingerprint()),
        true,
        l.version(),
        l.writtenAt(),
        l.owner());
  }

  @Test
  void firstGenerationIsGeneratedThenStaged() {
    scene.cas = scene.cas.subList(0, 1);
    scene.leaf = Scene.place(Optional.empty(), false, Optional.empty());
    scene.namespace = Scene.trusting();
    assertThat(phases()).containsExactly(Phase.GENERATED);
    scene.namespace = Scene.trusting(g1);
    assertThat(phases()).containsExactly(Phase.STAGED);
  }

  @Test
  void generationsTellWhoAcceptsThemAndWhichLeavesComeFromThem() {
    Status.Generation active = status().cas().getFirst().generations().getLast();
    assertThat(active.trustedBy()).containsExactly(Scene.NS);
    assertThat(active.leaves())
        .extracting(Status.Place::address)
        .containsExactly(Scene.PLACE.address());
    assertThat(status().stray()).isEmpty();
    scene.leaf = from(Scene.stranger());
    assertThat(status().stray()).hasSize(1);
  }

  @Test
  void gatesAndRoomAreThoseOfThePlan() {
    scene.namespace = Scene.trusting(g1, g2);
    Status.Ca ca = status().cas().getFirst();
    assertThat(ca.planned()).isPositive();
    assertThat(ca.gates()).hasAtLeastOneElementOfType(Gate.Approval.class);
    assertThat(ca.outlook()).isPresent();
  }

  @Test
  void runsAreReadFromTheJournal() {
    scene.write(new Entry.RunStarted("r7", "newleaf.yaml", "0".repeat(64), "sha256:x"));
    scene.begin("a1", Deed.trust(2));
    scene.end("a1");
    scene.write(new Entry.Proved("a1", "the new leaf accepted"));
    scene.begin("a2", Deed.roll());
    Runs runs = status().runs();
    assertThat(runs.last().orElseThrow().name()).isEqualTo("r7");
    assertThat(runs.lastProof().orElseThrow().what()).isEqualTo("the new leaf accepted");
    assertThat(runs.unfinished())
        .extracting(u -> u.step().address())
        .containsExactly(Scene.WORKER.address());
  }
}
