package newleaf.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import newleaf.json.Json;
import org.junit.jupiter.api.Test;

class WorkerRefTest {
  @Test
  void deploymentIsWrittenAsEverAndOtherKindsByTheirKey() {
    assertThat(Json.line(WorkerRef.deployment("a", "b")))
        .isEqualTo("{\"namespace\":\"a\",\"deployment\":\"b\"}");
    for (WorkloadKind kind : WorkloadKind.values()) {
      WorkerRef ref = new WorkerRef(kind, "a", "b");
      assertThat(Json.read(Json.line(ref), WorkerRef.class)).isEqualTo(ref);
    }
    assertThat(Json.line(new WorkerRef(WorkloadKind.STATEFUL_SET, "a", "b")))
        .isEqualTo("{\"namespace\":\"a\",\"stateful_set\":\"b\"}");
  }

  @Test
  void clusterIsPartOfWhichWorkloadItIsAndWrittenOnlyWhereOneIsNamed() {
    WorkerRef there = WorkerRef.deployment("a", "b").in(Optional.of("eu1"));
    assertThat(there).isNotEqualTo(WorkerRef.deployment("a", "b"));
    assertThat(there.address()).isEqualTo("deployment/a/b@eu1");
    assertThat(Json.line(there))
        .isEqualTo("{\"namespace\":\"a\",\"deployment\":\"b\",\"cluster\":\"eu1\"}");
    assertThat(Json.read(Json.line(there), WorkerRef.class)).isEqualTo(there);
  }

  @Test
  void workloadOfNoKindOrOfTwoIsRefused() {
    for (String text :
        List.of(
            "{}",
            "null",
            "{\"namespace\":\"a\"}",
            "{\"namespace\":\"a\",\"job\":\"b\"}",
            "{\"namespace\":\"a\",\"cluster\":\"b\"}",
            "{\"namespace\":\"a\",\"deployment\":\"b\",\"region\":\"c\"}",
            "{\"namespace\":null,\"deployment\":\"b\"}",
            "{\"namespace\":\"a\",\"deployment\":\"b\",\"rollout\":\"c\"}")) {
      assertThatThrownBy(() -> Json.read(text, WorkerRef.class))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /// As newleaf wrote it before it knew other kinds.
  @Test
  void workerOfAnEarlierNewleafIsReadAndNothingSpecialIsKnownOfIt() {
    String before =
        """
        {"worker":{"namespace":"a","deployment":"b"},"exists":true,"replicas":3,"rolled_out":true,
         "stuck":null,"mounts_secret":true,"pods":[]}
        """;
    ObservedWorker worker = Json.readEarlier(before, ObservedWorker.class);
    assertThat(worker.worker()).isEqualTo(WorkerRef.deployment("a", "b"));
    assertThat(worker.parked()).isEmpty();
    assertThat(worker.owner()).isEmpty();
    assertThatThrownBy(
            () -> Json.readEarlier(before.replace("\"replicas\":3,", ""), ObservedWorker.class))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
