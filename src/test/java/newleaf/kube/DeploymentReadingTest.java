package newleaf.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Optional;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import org.junit.jupiter.api.Test;

class DeploymentReadingTest {
  @Test
  void missedDeadlineOfTheRolloutBeforeIsNotTakenForThisOne() {
    assertThat(read(2, 2).stuck()).contains("ProgressDeadlineExceeded: timed out");
    assertThat(read(3, 2).stuck()).isEmpty();
    assertThat(read(3, 2).rolledOut()).isFalse();
  }

  private static ObservedWorker read(long generation, long observed) {
    Deployment deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withGeneration(generation)
            .endMetadata()
            .withNewSpec()
            .withReplicas(1)
            .withNewTemplate()
            .withNewMetadata()
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .endTemplate()
            .endSpec()
            .withNewStatus()
            .withObservedGeneration(observed)
            .addNewCondition()
            .withType("Progressing")
            .withStatus("False")
            .withReason("ProgressDeadlineExceeded")
            .withMessage("timed out")
            .endCondition()
            .endStatus()
            .build();
    return new WorkerReading(
            WorkerRef.deployment("booking", "worker"), new DeploymentReading(deployment), List.of())
        .observed(new LeafPlace.Secret("booking", "tls"), Optional.empty());
  }
}
