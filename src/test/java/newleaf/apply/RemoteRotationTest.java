package newleaf.apply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import newleaf.cert.PrivateKeys;
import newleaf.plan.Scopes;
import newleaf.workflow.ClusterScope;
import newleaf.workflow.ClusterWorker;
import newleaf.workflow.RotationWorker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A rotation whose Secrets and workers are in a cluster that only its own worker reaches.
@Timeout(60)
class RemoteRotationTest {
  private static final String ROTATION = "newleaf/sdvdw/ca/booking";

  private final RemoteTemporal temporal = new RemoteTemporal();
  private final Scenario scenario = RemoteScenario.rollover();
  private final FakeWorld world = scenario.world();

  @AfterEach
  void close() {
    temporal.close();
  }

  private ClusterWorker inCluster() {
    return temporal.worker(
        ClusterScope.of(RemoteTemporal.EU1, Scopes.of(scenario.desired())),
        RemoteTemporal.ports(world),
        new FakeProver(world),
        world.time);
  }

  private void atHome(RemoteScenario runs) {
    RotationWorker _ =
        RotationWorker.start(
            temporal.environment.getWorkflowClient(),
            RemoteTemporal.QUEUE,
            TemporalServer.ACCOUNT,
            runs);
  }

  private void rotate() {
    var fleet = temporal.engine.start(TemporalServer.AT_ONCE);
    assertThat(fleet.result(TemporalServer.LONG).orElseThrow().shares())
        .containsExactly("ca/booking");
    assertThat(temporal.engine.rotation("ca/booking").result(TemporalServer.LONG)).isPresent();
  }

  private void assertRotated() {
    assertThat(scenario.plan().steps()).isEmpty();
    assertThat(world.cloud.bundle(scenario.namespace())).hasSize(1);
    assertThat(world.refusedInUse).isEmpty();
    assertThat(scenario.journal().unfinished()).isEmpty();
    assertThat(world.leaves.written).hasSize(2).allMatch(place -> place.endsWith("@eu1"));
    assertThat(world.leaves.written).doesNotHaveDuplicates();
    assertThat(world.leaves.ever)
        .as("each key is where it belongs")
        .allMatch(leaf -> PrivateKeys.matches(leaf.certificate(), leaf.key()));
  }

  /// The next one knows nothing of the key of the one before.
  @Test
  void workerOfTheClusterThatDiesWithANewKeyIsFollowedByAnotherWithAnotherKey() {
    List<ClusterWorker> workers = new ArrayList<>(List.of(inCluster()));
    RemoteScenario runs = new RemoteScenario(scenario, temporal);
    runs.issued =
        () -> {
          if (workers.size() == 1) {
            workers.getFirst().close();
            workers.add(inCluster());
          }
        };
    atHome(runs);
    rotate();
    assertRotated();
    assertThat(workers).hasSize(2);
    assertThat(runs.said).anySatisfy(line -> assertThat(line).contains("NL5401"));
    assertNoHistoryTellsAKey();
    workers.getLast().close();
  }

  @Test
  void keyThatWasToldWouldBeFoundInWhateverWayItIsWritten() {
    PrivateKey key = world.authorities.keys().getFirst();
    KeyTraces traces = KeyTraces.of(key);
    byte[] octets = key.getEncoded();
    String base64 = Base64.getEncoder().encodeToString(octets);
    assertThat(traces.in(octets)).isTrue();
    for (String text :
        List.of(
            PrivateKeys.toPem(key),
            PrivateKeys.toPem(key).replace("\n", "\\n"),
            base64,
            HexFormat.of().formatHex(octets),
            HexFormat.ofDelimiter(":").withUpperCase().formatHex(octets))) {
      assertThat(traces.in(text.getBytes(ISO_8859_1))).as(text).isTrue();
    }
    assertThat(
            traces.in(PrivateKeys.toPem(world.leaves.ever.getFirst().key()).getBytes(ISO_8859_1)))
        .isFalse();
  }

  @Test
  void itEndsAsWithoutANetworkBetweenAndNoHistoryTellsAKey() {
    try (ClusterWorker _ = inCluster()) {
      atHome(new RemoteScenario(scenario, temporal));
      rotate();
      assertRotated();
      assertThat(temporal.said)
          .anySatisfy(line -> assertThat(line).matches("deliver to secret/.*@eu1: done"));
    }
    assertNoHistoryTellsAKey();
  }

  private void assertNoHistoryTellsAKey() {
    List<PrivateKey> keys = new ArrayList<>(world.authorities.keys());
    world.leaves.ever.forEach(leaf -> keys.add(leaf.key()));
    assertThat(keys).as("2 CAs, 2 leaves of each").hasSize(6);
    List<String> workflows = new ArrayList<>(temporal.started);
    workflows.add(ROTATION);
    assertThat(workflows).hasSizeGreaterThan(20);
    for (String workflow : workflows) {
      byte[] history = temporal.history(workflow);
      assertThat(new String(history, ISO_8859_1)).as(workflow).doesNotContain("PRIVATE KEY");
      assertThat(keys).as(workflow).noneMatch(key -> KeyTraces.of(key).in(history));
    }
  }
}
