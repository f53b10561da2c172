package newleaf.kube;

import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.adopt.Cluster.FoundOther;
import newleaf.adopt.Cluster.FoundSecret;
import newleaf.adopt.Cluster.FoundWorkload;
import newleaf.emulator.cluster.Eventually;
import newleaf.emulator.cluster.FakePods;
import newleaf.emulator.cluster.Seed;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import newleaf.observed.WorkloadKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubeInventoryTest {
  private final KubeFixture kube = new KubeFixture(new FakePods());

  @BeforeEach
  void fill() {
    kube.worker(1);
    kube.seed().namespace("billing");
    kube.seed().tlsSecret("billing", "billing-tls", kube.ca.leaf("billing"));
    kube.seed().deployment(new Seed.Workload("billing", "biller", 1, "billing-tls", Map.of()));
    Secret opaque =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName("password")
            .endMetadata()
            .withType("Opaque")
            .build();
    kube.others.resource(opaque).create();
  }

  @AfterEach
  void stop() {
    kube.close();
  }

  private KubeInventory of(String... namespaces) {
    return new KubeInventory(kube.connection, List.of(namespaces));
  }

  @Test
  void tlsSecretsOfAllNamespacesAreListedWithTheirLeaves() {
    List<FoundSecret> secrets = of().secrets();
    assertThat(secrets)
        .extracting(FoundSecret::place)
        .containsExactlyInAnyOrder(
            new LeafPlace.Secret(NAMESPACE, "tls"), new LeafPlace.Secret("billing", "billing-tls"));
    assertThat(secrets)
        .allSatisfy(s -> {
          assertThat(s.leaf()).isPresent();
          assertThat(s.problem()).isEmpty();
          assertThat(s.owner()).isEmpty();
        });
  }

  @Test
  void deploymentsAreListedWithWhatTheyMount() {
    assertThat(of().workloads())
        .extracting(FoundWorkload::worker, FoundWorkload::secrets)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(
                WorkerRef.deployment(NAMESPACE, "worker"), java.util.Set.of("tls")),
            org.assertj.core.groups.Tuple.tuple(
                WorkerRef.deployment("billing", "biller"), java.util.Set.of("billing-tls")));
  }

  @Test
  void setsAndRolloutsAreListedWithTheirControllers() {
    for (String kind :
        List.of("apps/v1 StatefulSet", "apps/v1 DaemonSet", "argoproj.io/v1alpha1 Rollout")) {
      GenericKubernetesResource one =
          Serialization.unmarshal(
              """
              apiVersion: %s
              kind: %s
              metadata:
                name: other
                namespace: billing
                ownerReferences: [{apiVersion: x/v1, kind: Op, name: o, uid: u, controller: true}]
              spec: {template: {spec: {volumes: [{name: v, secret: {secretName: billing-tls}}]}}}
              """
                  .formatted(kind.split(" ")[0], kind.split(" ")[1]),
              GenericKubernetesResource.class);
      kube.others.resource(one).create();
    }
    assertThat(of("billing").workloads())
        .filteredOn(w -> w.worker().kind() != WorkloadKind.DEPLOYMENT)
        .hasSize(3)
        .allSatisfy(w -> {
          assertThat(w.secrets()).containsExactly("billing-tls");
          assertThat(w.owner()).contains("Op o");
        });
  }

  @Test
  void whatIsNoWorkloadIsSeenByItsPods() throws InterruptedException {
    String there =
        kube.others
            .apps()
            .deployments()
            .inNamespace("billing")
            .withName("biller")
            .get()
            .getMetadata()
            .getUid();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("billing")
            .withName("biller-0")
            .addNewOwnerReference()
            .withController(true)
            .withApiVersion("batch/v1")
            .withKind("Job")
            .withName("ledger")
            .withUid(there) // or the embedded cluster would take it for garbage
            .endOwnerReference()
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("x")
            .withImage("x")
            .endContainer()
            .addNewVolume()
            .withName("tls")
            .withNewSecret()
            .withSecretName("billing-tls")
            .endSecret()
            .endVolume()
            .endSpec()
            .build();
    kube.others.resource(pod).create();
    Eventually.holds(
        "pods of Deployments",
        () -> kube.others.pods().inAnyNamespace().list().getItems().size() == 3);
    assertThat(of().others())
        .containsExactly(
            new FoundOther("job", "billing", "ledger", java.util.Set.of("billing-tls")));
  }

  @Test
  void onlyTheNamedNamespacesAreLookedInto() {
    assertThat(of("billing", "billing").secrets()).hasSize(1);
    assertThat(of("billing").workloads()).hasSize(1);
    assertThat(of("billing", NAMESPACE).workloads()).hasSize(2);
    assertThat(of("nowhere").secrets()).isEmpty();
  }

  @Test
  void pairThatNoWorkerCanUseSaysWhyAndAnOwnerIsNamed() {
    Secret secret = kube.others.secrets().inNamespace("billing").withName("billing-tls").get();
    kube.others
        .resource(
            secret
                .edit()
                .editMetadata()
                .addToAnnotations("cert-manager.io/certificate-name", "billing")
                .endMetadata()
                .addToData("tls.key", "AAAA")
                .build())
        .update();
    FoundSecret found = of("billing").secrets().getFirst();
    assertThat(found.leaf()).isPresent();
    assertThat(found.problem()).contains("tls.key: there is no PEM block with a key.");
    assertThat(found.owner()).contains("cert-manager Certificate billing");
  }

  @Test
  void deniedListingNamesTheWayToAskForLess() {
    try (KubeConnection stranger =
        KubeConnection.open(kube.cluster.cluster().kubeconfig("no"), Optional.empty())) {
      NewleafException denied =
          catchThrowableOfType(
              NewleafException.class, () -> new KubeInventory(stranger, List.of()).secrets());
      assertThat(denied.failure()).isInstanceOf(Failure.Denied.class);
      assertThat(denied.getMessage()).contains("NL4010", "--kube-namespace");
    }
  }
}
