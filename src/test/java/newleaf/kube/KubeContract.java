package newleaf.kube;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import newleaf.emulator.cluster.Eventually;
import newleaf.plan.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What newleaf relies on in a Kubernetes API. Holds for the embedded one and a real API server.
abstract class KubeContract {
  private final String name = "s" + UUID.randomUUID().toString().substring(0, 8);

  abstract KubernetesClient client();

  /// An existing namespace.
  abstract String namespace();

  private Secret secret(Map<String, String> texts) {
    SecretBuilder secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace())
            .withName(name)
            .endMetadata()
            .withType("Opaque");
    texts.forEach((k, v) -> secret.addToData(k, base64(v)));
    return secret.build();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private Secret apply(String manager, Secret secret) {
    return client().resource(secret).fieldManager(manager).serverSideApply();
  }

  private Secret stored() {
    return client().secrets().inNamespace(namespace()).withName(name).get();
  }

  private static KubernetesClientException refused(Executable call) {
    return catchThrowableOfType(KubernetesClientException.class, call::execute);
  }

  @Test
  void applyOnAFieldOfAnotherWriterIsAConflictThatNamesIt() {
    apply("first", secret(Map.of("k", "1")));
    KubernetesClientException refused = refused(() -> apply("second", secret(Map.of("k", "2"))));
    assertThat(refused.getCode()).isEqualTo(409);
    assertThat(refused.getStatus().getMessage())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"first\": .data.k");
    assertThat(refused.getStatus().getDetails().getCauses())
        .singleElement()
        .satisfies(c -> assertThat(c.getReason()).isEqualTo("FieldManagerConflict"));
    assertThat(stored().getData()).containsEntry("k", base64("1"));
  }

  @Test
  void forcedApplyTakesTheField() {
    apply("first", secret(Map.of("k", "1")));
    client()
        .resource(secret(Map.of("k", "2")))
        .fieldManager("second")
        .forceConflicts()
        .serverSideApply();
    assertThat(stored().getData()).containsEntry("k", base64("2"));
    assertThat(refused(() -> apply("first", secret(Map.of("k", "3")))).getStatus().getMessage())
        .contains("conflict with \"second\"");
  }

  @Test
  void applyKeepsKeysOfOthersAndDropsItsOwnOldOnes() {
    apply("first", secret(Map.of("theirs", "1")));
    apply("second", secret(Map.of("mine", "2", "old", "3")));
    apply("second", secret(Map.of("mine", "2")));
    assertThat(stored().getData()).containsOnlyKeys("theirs", "mine");
  }

  @Test
  void applyOfTheSameIsNoChange() {
    String version = apply("first", secret(Map.of("k", "1"))).getMetadata().getResourceVersion();
    assertThat(apply("first", secret(Map.of("k", "1"))).getMetadata().getResourceVersion())
        .isEqualTo(version);
  }

  @Test
  void applyOverACreatedFieldNamesTheCreator() {
    client().resource(secret(Map.of("k", "1"))).create();
    KubernetesClientException refused = refused(() -> apply("second", secret(Map.of("k", "2"))));
    assertThat(refused.getStatus().getMessage())
        .matches("Apply failed with 1 conflict: conflict with \"[^\"]+\" using v1.*: .data.k");
  }

  @Test
  void applyOnAnOldVersionIsRefused() {
    Secret first = apply("first", secret(Map.of("k", "1")));
    apply("first", secret(Map.of("k", "2")));
    Secret late = secret(Map.of("k", "3"));
    late.getMetadata().setResourceVersion(first.getMetadata().getResourceVersion());
    KubernetesClientException refused = refused(() -> apply("first", late));
    assertThat(refused.getCode()).isEqualTo(409);
    assertThat(refused.getStatus().getMessage()).contains("the object has been modified");
    assertThat(stored().getData()).containsEntry("k", base64("2"));
  }

  @Test
  void updateOnAnOldVersionIsRefused() {
    Secret first = client().resource(secret(Map.of("k", "1"))).create();
    client().resource(new SecretBuilder(first).addToData("k", base64("2")).build()).update();
    Secret late = new SecretBuilder(first).addToData("k", base64("3")).build();
    KubernetesClientException refused = refused(() -> client().resource(late).update());
    assertThat(refused.getCode()).isEqualTo(409);
    assertThat(refused.getStatus().getReason()).isEqualTo("Conflict");
  }

  @Test
  void creatingTwiceIsRefused() {
    client().resource(secret(Map.of())).create();
    KubernetesClientException refused = refused(() -> client().resource(secret(Map.of())).create());
    assertThat(refused.getCode()).isEqualTo(409);
    assertThat(refused.getStatus().getReason()).isEqualTo("AlreadyExists");
  }

  @Test
  void dryRunStoresNothing() {
    Secret answer = client().resource(secret(Map.of("k", "1"))).dryRun().create();
    assertThat(answer.getData()).containsKey("k");
    assertThat(stored()).isNull();
  }

  @Test
  void watchSeesWhatHappens() throws InterruptedException {
    List<String> seen = new CopyOnWriteArrayList<>();
    Watcher<Secret> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, Secret secret) {
            seen.add(action.name());
          }

          @Override
          public void onClose(WatcherException cause) {
            seen.add("CLOSED");
          }
        };
    try (Watch _ = client().secrets().inNamespace(namespace()).withName(name).watch(watcher)) {
      Secret made = client().resource(secret(Map.of("k", "1"))).create();
      client().resource(new SecretBuilder(made).addToData("k", base64("2")).build()).update();
      client().resource(made).delete();
      Eventually.holds("three events", () -> seen.size() >= 3);
      assertThat(seen).startsWith("ADDED", "MODIFIED", "DELETED");
    }
  }

  @Test
  void labelsSelect() {
    Secret labelled =
        secret(Map.of()).edit().editMetadata().addToLabels("for", name).endMetadata().build();
    client().resource(labelled).create();
    var all = client().secrets().inNamespace(namespace());
    assertThat(all.withLabel("for", name).list().getItems()).hasSize(1);
    assertThat(all.withLabelIn("for", "x", name).list().getItems()).hasSize(1);
    assertThat(all.withLabel("for", "x").list().getItems()).isEmpty();
    assertThat(all.withField("metadata.name", name).list().getItems()).hasSize(1);
  }

  @Test
  void longListComesInPages() {
    for (int i = 0; i < 5; i++) {
      Secret one = secret(Map.of());
      String member = name + "-" + i;
      client()
          .resource(
              one.edit()
                  .editMetadata()
                  .withName(member)
                  .addToLabels("of", name)
                  .endMetadata()
                  .build())
          .create();
    }
    var all = client().secrets().inNamespace(namespace()).withLabel("of", name);
    SecretList first = all.list(new ListOptionsBuilder().withLimit(2L).build());
    assertThat(names(first)).containsExactly(name + "-0", name + "-1");
    String next = first.getMetadata().getContinue();
    SecretList second = all.list(new ListOptionsBuilder().withLimit(3L).withContinue(next).build());
    assertThat(names(second)).containsExactly(name + "-2", name + "-3", name + "-4");
    assertThat(names(all.list())).hasSize(5);
    // the real one may give a further page with nothing that fits
    assertThat(Pages.all(all)).hasSize(5);
  }

  private static List<String> names(SecretList list) {
    return list.getItems().stream().map(s -> s.getMetadata().getName()).toList();
  }

  @Test
  void typeOfASecretNeverChanges() {
    Secret made = client().resource(secret(Map.of())).create();
    Secret other = new SecretBuilder(made).withType("other").build();
    assertThat(refused(() -> client().resource(other).update()).getCode()).isEqualTo(422);
  }

  @Test
  void tlsSecretNeedsBothKeys() {
    Secret half = secret(Map.of("tls.crt", "x")).edit().withType("kubernetes.io/tls").build();
    assertThat(refused(() -> client().resource(half).create()).getStatus().getReason())
        .isEqualTo("Invalid");
  }

  @Test
  void immutableSecretKeepsItsData() {
    Secret made =
        client().resource(secret(Map.of("k", "1")).edit().withImmutable(true).build()).create();
    Secret changed = new SecretBuilder(made).addToData("k", base64("2")).build();
    assertThat(refused(() -> client().resource(changed).update()).getCode()).isEqualTo(422);
  }

  @Test
  void everyKindOfPatchChangesOnlyWhatItNames() {
    client().resource(secret(Map.of("a", "1", "b", "1"))).create();
    patch(PatchType.JSON_MERGE, "{\"metadata\":{\"labels\":{\"m\":\"1\"}}}");
    patch(PatchType.STRATEGIC_MERGE, "{\"data\":{\"a\":null}}");
    patch(PatchType.JSON, "[{\"op\":\"add\",\"path\":\"/metadata/labels/a~1b\",\"value\":\"2\"}]");
    assertThat(stored().getData()).containsOnlyKeys("b");
    assertThat(stored().getMetadata().getLabels())
        .containsExactlyInAnyOrderEntriesOf(Map.of("m", "1", "a/b", "2"));
  }

  private void patch(PatchType type, String patch) {
    client().secrets().inNamespace(namespace()).withName(name).patch(PatchContext.of(type), patch);
  }

  @Test
  void leaseGoesToOneOfTwoWriters() {
    Lease free =
        client()
            .resource(
                new LeaseBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace())
                    .withName(name)
                    .endMetadata()
                    .withNewSpec()
                    .withLeaseDurationSeconds(15)
                    .endSpec()
                    .build())
            .create();
    Lease one = free.edit().editSpec().withHolderIdentity("one").endSpec().build();
    Lease two = free.edit().editSpec().withHolderIdentity("two").endSpec().build();
    client().resource(one).update();
    assertThat(refused(() -> client().resource(two).update()).getCode()).isEqualTo(409);
  }

  @Test
  void deploymentGetsItsDefaults() {
    DeploymentSpec made =
        client().resource(SleepingDeployment.of(namespace(), name, 0)).create().getSpec();
    assertThat(made.getProgressDeadlineSeconds()).isEqualTo(600);
    assertThat(made.getStrategy().getType()).isEqualTo("RollingUpdate");
    assertThat(made.getStrategy().getRollingUpdate().getMaxSurge().getStrVal()).isEqualTo("25%");
    assertThat(made.getStrategy().getRollingUpdate().getMaxUnavailable().getStrVal())
        .isEqualTo("25%");
  }

  @Test
  void missingNamespaceIsNotFound() {
    Secret lost =
        secret(Map.of()).edit().editMetadata().withNamespace("nowhere").endMetadata().build();
    assertThat(refused(() -> client().resource(lost).create()).getCode()).isEqualTo(404);
  }

  @Test
  void versionAndResourcesAreDiscovered() {
    assertThat(client().getKubernetesVersion().getMajor()).isEqualTo("1");
    assertThat(client().supports("apps/v1", "Deployment")).isTrue();
  }
}
