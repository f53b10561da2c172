package newleaf.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Pem;
import newleaf.emulator.cluster.FakePods;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ways to sign in to a cluster.
class KubeAccessTest {
  private static KubeFixture fixture;
  private static String kubeconfig;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    fixture = new KubeFixture(new FakePods());
    kubeconfig = fixture.cluster.cluster().kubeconfig();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static String of(String key) {
    Matcher value = Pattern.compile(key + ": *\"?([^\"}\\s,]+)").matcher(kubeconfig);
    assertThat(value.find()).as(key).isTrue();
    return value.group(1);
  }

  private void works(String text) {
    try (KubeConnection connection = KubeConnection.open(text, Optional.empty())) {
      assertThat(KubeLeaves.secret(connection, KubeFixture.PLACE)).isEmpty();
    }
  }

  private static String user(String user) {
    return kubeconfig.replaceFirst("\"?token\"?: *\"?[^\"}\\s,]+\"?", user);
  }

  @Test
  void pluginIsAskedForTheToken() throws IOException {
    Path plugin = folder.resolve("plugin");
    Files.createFile(
        plugin, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(
        plugin,
        """
        #!/bin/sh
        echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",'
        echo '"status":{"token":"%s"}}'
        """
            .formatted(of("token")));
    works(
        user(
            "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: "
                + plugin
                + "}"));
  }

  @Test
  void tokenThatTheKubeletRenewedIsTakenWithTheNextCall() {
    AtomicReference<String> token = new AtomicReference<>(of("token"));
    String ca = Pem.of(fixture.ca.certificate());
    try (KubeConnection connection = KubeConnection.inCluster(of("server"), ca, token::get)) {
      assertThat(KubeLeaves.secret(connection, KubeFixture.PLACE)).isEmpty();
      token.set("expired");
      assertThatThrownBy(() -> KubeLeaves.secret(connection, KubeFixture.PLACE))
          .isInstanceOfSatisfying(
              NewleafException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Denied.class));
      token.set(of("token"));
      assertThat(KubeLeaves.secret(connection, KubeFixture.PLACE)).isEmpty();
    }
  }

  @Test
  void refusalSaysWhatToGrantToWhom() {
    String words =
        "secrets \"tls\" is forbidden: User \"system:serviceaccount:newleaf:drift\" cannot patch"
            + " resource \"secrets\" in API group \"\" in the namespace \"booking\"";
    assertThat(Denial.of("https://x", "writing secret/booking/tls", 403, words).line())
        .startsWith("NL4010 https://x: writing secret/booking/tls was denied: secrets \"tls\"")
        .contains(
            "Grant the service account newleaf/drift by a Role in the namespace booking:"
                + " apiGroups: [\"\"], resources: [secrets], verbs: [patch].");
    String wide =
        "pods is forbidden: User \"ann\" cannot list resource \"pods\" in API group \"\" at the"
            + " cluster scope";
    assertThat(Denial.of("https://x", "looking", 403, wide).line())
        .contains("Grant ann by a ClusterRole: ", "resources: [pods], verbs: [list]");
    assertThat(Denial.of("https://x", "looking", 403, "no").line()).contains("Grant it by RBAC");
    assertThat(Denial.of("https://x", "looking", 401, "Unauthorized").line())
        .contains("credentials are still good");
  }
}
