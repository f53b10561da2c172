package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import newleaf.Problem;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import org.junit.jupiter.api.Test;

class ClusterYamlTest {
  private static final String CLIENT =
      """
      clients:
        starter: {leaf: worker, secret: booking/tls}
      """;
  private static final String CONTEXT = "kubernetes: {context: eu1}\n";

  private static String inCluster(String cluster) {
    return Booking.YAML + "    cluster: " + cluster + "\n";
  }

  /// The same worker and Secret names, in another cluster.
  private static String second(String more) {
    return Booking.YAML
        + """
          second:
            leaf: worker
            namespace: temporal-booking.sdvdw
            secret: booking/tls
            deployment: booking/worker
        """
        + more;
  }

  @Test
  void secretAndWorkloadAreInTheClusterThatIsNamed() {
    WorkerSpec worker = Booking.read(inCluster("eu1")).workers().getFirst();
    assertThat(worker.place())
        .isEqualTo(new LeafPlace.Secret("booking", "tls", Optional.of("eu1")));
    assertThat(worker.workload())
        .contains(WorkerRef.deployment("booking", "worker").in(Optional.of("eu1")));
    WorkerSpec before = Booking.read(Booking.YAML).workers().getFirst();
    assertThat(before.place()).isEqualTo(new LeafPlace.Secret("booking", "tls"));
    assertThat(before.workload()).contains(WorkerRef.deployment("booking", "worker"));
    String client = Booking.YAML + CLIENT.replace("booking/tls", "booking/tls, cluster: eu1");
    assertThat(Booking.read(client).clients().getFirst().place())
        .contains(new LeafPlace.Secret("booking", "tls", Optional.of("eu1")));
  }

  @Test
  void namesThatToolsGiveTheirContextsAreNamesOfClusters() {
    for (String name :
        List.of(
            "eu1",
            "arn:aws:eks:eu-central-1:111122223333:cluster/prod",
            "gke_project_europe-west1_prod",
            "kubernetes-admin@kubernetes",
            "default/api-example:6443/admin")) {
      assertThat(Booking.read(inCluster(name)).workers().getFirst().place().address())
          .isEqualTo("secret/booking/tls@" + name);
    }
    for (String name : List.of("'eu 1'", "'-eu1'", "'a,b'", "é", "'" + "a".repeat(254) + "'")) {
      assertThat(Booking.places(Booking.problems(inCluster(name))))
          .as(name)
          .containsExactly("25:14 NL1062");
    }
  }

  @Test
  void equalNamesInTwoClustersAreOtherSecretsAndWorkloads() {
    String two = second("    cluster: eu1\n    restart: scale\n");
    Desired desired = Booking.read(two);
    assertThat(desired.workers())
        .extracting(w -> w.place().address())
        .containsExactly("secret/booking/tls", "secret/booking/tls@eu1");
    String other =
        two.replace(
                "workers:\n",
                "  other: {ca: booking, subject: {commonName:"
                    + " temporal-booking.sdvdw}, validity: 30d}\nworkers:\n")
            .replace("second:\n    leaf: worker", "second:\n    leaf: other");
    assertThat(Booking.read(other).workers()).hasSize(2);
    assertThat(Booking.places(Booking.problems(other.replace("    cluster: eu1\n", ""))))
        .as("in one cluster they are the same")
        .hasSize(2);
  }

  @Test
  void clusterWithoutAnythingInItIsAMistake() {
    String folder =
        Booking.with(
            "secret: booking/tls\n    deployment: booking/worker",
            "directory: certs\n    cluster: eu1");
    Problem worker = Booking.problems(folder).getFirst();
    assertThat(Booking.places(List.of(worker))).containsExactly("24:14 NL1063");
    assertThat(worker.what())
        .isEqualTo("this worker has a cluster, but no secret or workload that could be in it.");
    String client = Booking.YAML + "clients:\n  starter: {leaf: worker, cluster: eu1}\n";
    assertThat(Booking.places(Booking.problems(client))).containsExactly("26:36 NL1063");
    String reloading =
        Booking.with("secret: booking/tls", "directory: certs")
            + "    restart: none\n    cluster: eu1\n";
    assertThat(Booking.read(reloading).workers()).hasSize(1);
  }

  @Test
  void clusterOfTheContextMayNotHaveASecondName() {
    String named = second("    cluster: eu1\n") + CONTEXT;
    List<Problem> problems = Booking.problems(named);
    assertThat(Booking.places(problems)).containsExactly("30:14 NL1064");
    assertThat(problems.getFirst().what())
        .isEqualTo(
            "cluster eu1 is the context of kubernetes, where all is that names no cluster; it can"
                + " have one name only.");
    assertThat(Booking.read(named.replace("context: eu1", "context: eu2")).workers()).hasSize(2);
    assertThat(Booking.read(inCluster("eu1") + CONTEXT).workers())
        .as("where nothing else is in it, it has one name")
        .hasSize(1);
    String client = inCluster("eu1") + CLIENT + CONTEXT;
    assertThat(Booking.places(Booking.problems(client))).containsExactly("25:14 NL1064");
    assertThat(Booking.read(client.replace(", secret: booking/tls", "")).clients()).hasSize(1);
  }

  @Test
  void keysAndStateAreWhereNoClusterIsNamed() {
    String keys = Booking.with("{directory: keys}", "{secret: newleaf/keys, cluster: eu1}");
    assertThat(Booking.problems(keys)).extracting(Problem::code).containsExactly("NL1015");
    String state = Booking.YAML + "state: {kubernetes: newleaf/state, cluster: eu1}\n";
    assertThat(Booking.problems(state)).extracting(Problem::code).containsExactly("NL1015");
  }
}
