package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import newleaf.Problem;
import org.junit.jupiter.api.Test;

class WorkloadRulesTest {
  private static final String SECOND =
      """
        second:
          leaf: worker
          namespace: temporal-booking.sdvdw
          secret: booking/tls
          deployment: booking/worker
      """;

  @Test
  void workersMayShareADeploymentWithItsSecretAndRestart() {
    assertThat(Booking.read(Booking.YAML + SECOND).workers()).hasSize(2);
    String none = (Booking.YAML + SECOND).replace("r\n    d", "r\n    restart: none\n    d");
    assertThat(Booking.read(none).workers()).hasSize(2);
  }

  @Test
  void workerIsOfOneOfFourKinds() {
    Map<String, String> addresses =
        Map.of(
            "statefulSet", "statefulset/booking/worker",
            "daemonSet", "daemonset/booking/worker",
            "rollout", "rollout/booking/worker");
    addresses.forEach((key, address) -> {
      WorkerSpec worker =
          Booking.read(Booking.with("deployment: booking", key + ": booking")).workers().getFirst();
      assertThat(worker.workload().orElseThrow().address()).isEqualTo(address);
      assertThat(worker.restart()).isEqualTo(Restart.ROLLING);
    });
  }

  @Test
  void workerOfTwoWorkloadsIsRefused() {
    Problem problem = only(Booking.YAML + "    daemonSet: booking/worker\n");
    assertThat(Booking.places(List.of(problem))).containsExactly("25:16 NL1060");
    assertThat(problem.what())
        .isEqualTo(
            "this worker has both deployment and daemonSet; the pods of a worker belong to one"
                + " workload.");
  }

  @Test
  void daemonSetIsNotScaledAndAStatefulSetIs() {
    String scaled = Booking.YAML + "    restart: scale\n";
    Problem problem = only(scaled.replace("deployment: booking", "daemonSet: booking"));
    assertThat(Booking.places(List.of(problem))).containsExactly("25:14 NL1061");
    assertThat(problem.what()).contains("needs a number of replicas");
    String set = scaled.replace("deployment: booking", "statefulSet: booking");
    assertThat(Booking.read(set).workers().getFirst().restart()).isEqualTo(Restart.SCALE);
  }

  @Test
  void secretOfAnotherNamespaceNamesTheKindThatCanNotMountIt() {
    Problem problem = only(Booking.with("deployment: booking", "statefulSet: elsewhere"));
    assertThat(problem.what()).contains("Kubernetes namespace booking but the statefulset in");
  }

  @Test
  void twoRestartsOfOneDeploymentAreRefused() {
    Problem problem = only(Booking.YAML + SECOND + "    restart: scale\n");
    assertThat(Booking.places(List.of(problem))).containsExactly("30:14 NL1050");
    assertThat(problem.what())
        .isEqualTo(
            "deployment/booking/worker has restart scale here but rolling in worker booking; only"
                + " one can be done.");
    assertThat(problem.fix()).isEqualTo("Write restart: rolling here as well.");
  }

  @Test
  void twoSecretsOfOneDeploymentAreRefusedWhereItIsRestarted() {
    String two = Booking.YAML + SECOND.replace("booking/tls", "booking/other-tls");
    Problem problem = only(two);
    assertThat(Booking.places(List.of(problem))).containsExactly("28:13 NL1051");
    assertThat(problem.what())
        .isEqualTo(
            "deployment/booking/worker loads its leaf from secret/booking/other-tls here but from"
                + " secret/booking/tls for worker booking; each would restart it for the other.");
    String reloading = two.replace("booking/worker\n", "booking/worker\n    restart: none\n");
    assertThat(Booking.read(reloading).workers()).hasSize(2);
  }

  @Test
  void podsAreNotRestartedForADirectory() {
    String folder = Booking.with("secret: booking/tls", "directory: certs");
    assertThat(Booking.places(List.of(only(folder)))).containsExactly("23:16 NL1052");
    assertThat(Booking.read(folder + "    restart: none\n").workers()).hasSize(1);
  }

  @Test
  void someNamespaceLetsEveryClientIn() {
    String other =
        Booking.with(
            "workers:\n",
            "  other: {ca: booking, subject: {commonName: other}, validity: 30d}\nworkers:\n");
    String client = other + "clients:\n  starter: {leaf: other}\n";
    Problem filtered = only(client);
    assertThat(Booking.places(List.of(filtered))).containsExactly("27:19 NL1053");
    assertThat(filtered.what())
        .isEqualTo(
            "no namespace of the file lets leaf other (ca booking) in; the client would be locked"
                + " out.");
    String second = "namespaces:\n  second.sdvdw: {cas: [booking]}\n";
    assertThat(Booking.read(client.replace("namespaces:\n", second)).clients()).hasSize(1);
    String untrusted =
        client
            .replace("namespaces:\n", second)
            .replace("  other: {ca: booking", "  other: {ca: foreign")
            .replace(
                "cas:\n  b",
                "cas:\n  foreign: {subject: {commonName: F}, validity: 90d, keys: {directory: k}}\n"
                    + "  b");
    assertThat(only(untrusted).code()).isEqualTo("NL1053");
  }

  @Test
  void aNamespaceWithProblemsIsNotHeldAgainstItsClients() {
    String client = "clients:\n  starter: {leaf: worker}\n";
    Problem problem = only(Booking.with("cas: [booking]", "cas: booking") + client);
    assertThat(problem.code()).isEqualTo("NL1018");
  }

  private static Problem only(String yaml) {
    List<Problem> problems = Booking.problems(yaml);
    assertThat(problems).as("%s", problems).hasSize(1);
    return problems.getFirst();
  }
}
