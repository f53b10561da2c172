package newleaf.cli;

import static newleaf.cli.ImportWorld.commonName;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.HeldCertificate;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `import` writes and refuses, and that what it wrote can then be rotated.
class ImportCommandTest {
  private static ImportWorld world;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    world = new ImportWorld();
    HeldCertificate ca = world.year.tcldCa("acme");
    world.namespace("payments", List.of(ca), commonName("payments*"));
    world.namespace("orders", List.of(ca), commonName("orders*"));
    world.namespace("off", List.of());
    world.secret("payments-tls", world.year.tcldLeaf(ca, "acme", Optional.of("payments.1")));
    world.deployment("payments-worker", "payments-tls");
    world.deployment("payments-second", "payments-tls");
    world.secret("orders-tls", world.year.tcldLeaf(ca, "acme", Optional.of("orders.1")));
    world.deployment("orders-worker", "orders-tls");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static Desired read(String yaml) {
    return DesiredYaml.read("x", yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void withoutOutTheFileGoesToStdoutAndRemarksToStderr() throws IOException {
    Captured run = world.importing(folder);
    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(read(run.out()).workers()).hasSize(3);
    assertThat(run.out()).contains("# not imported: namespace/off.acme1: mTLS is off");
    assertThat(run.err())
        .contains("not imported: namespace/off.acme1: mTLS is off", "Imported 2 namespaces, 1 CA,");
    assertThat(run.all()).doesNotContain("key-of-the-import", "PRIVATE KEY");
  }

  @Test
  void fileThatIsThereIsKept() throws IOException {
    Files.writeString(folder.resolve("imported.yaml"), "mine");
    Captured run = world.importing(folder, "--out", "imported.yaml");
    assertThat(run.exit()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(run.err()).contains("is there already").hasLineCount(2);
    assertThat(folder.resolve("imported.yaml")).hasContent("mine");
  }

  @Test
  void folderThatIsNotThereIsNamed() throws IOException {
    Captured run = world.importing(folder, "--out", "no/such/imported.yaml");
    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.err()).contains("can not be written (NoSuchFileException)");
  }

  @Test
  void onlyNamedNamespacesAreImported() throws IOException {
    Captured run = world.importing(folder, "--namespace", "orders.acme1");
    assertThat(read(run.out()).namespaces()).hasSize(1);
    assertThat(read(run.out()).workers()).hasSize(1);
    Captured unknown = world.importing(folder, "--namespace", "gone.acme1");
    assertThat(unknown.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(unknown.err()).contains("the account has no namespace gone.acme1").hasLineCount(2);
  }

  @Test
  void accountWithoutAnythingToImportIsRefusedAndSaysWhy() throws IOException {
    Captured run = world.importing(folder, "--namespace", "off.acme1");
    assertThat(run.exit()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(run.err()).contains("mTLS is off", "none of 1 namespace can be imported");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void withoutAClusterTheAccountAloneIsImported() throws IOException {
    Captured run = world.importing(folder, "--no-kubernetes");
    assertThat(read(run.out()).workers()).isEmpty();
    assertThat(read(run.out()).namespaces()).hasSize(2);
    Map<String, String> environment = new HashMap<>(world.environment(folder));
    environment.remove("KUBECONFIG");
    Captured none =
        Captured.run(
            folder,
            environment,
            "import",
            "--address",
            world.emulator().cloudAddress(),
            "--plaintext");
    assertThat(none.exit()).isZero();
    assertThat(none.err()).contains("no cluster is configured (KUBECONFIG)");
    assertThat(none.out()).isEqualTo(none.out()).contains("\"orders.acme1\":");
  }

  @Test
  void kubernetesNamespaceIsLookedIntoAlone() throws IOException {
    Captured run = world.importing(folder, "--kube-namespace", "booking");
    assertThat(read(run.out()).workers()).isEmpty();
    Captured apps = world.importing(folder, "--kube-namespace", ImportWorld.APPS);
    assertThat(read(apps.out()).workers()).hasSize(3);
  }

  @Test
  void keyInPlaceOfAVariableIsNotRepeatedAndNotSent() {
    Captured run =
        Captured.run(folder, Map.of(), "import", "--api-key-env", "sk-very secret", "--plaintext");
    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
    Captured plain =
        Captured.run(
            folder, Map.of("TEMPORAL_CLOUD_API_KEY", "sk-very secret"), "import", "--plaintext");
    assertThat(plain.err()).contains("is not this machine").hasLineCount(2);
    assertThat(run.all() + plain.all()).doesNotContain("sk-very");
  }

  /// The proofs of each step connect to the emulator's strict frontends with what tcld made.
  @Test
  void importedFileRotatesToGenerationsOfNewleaf() throws IOException {
    try (ImportWorld own = new ImportWorld()) {
      HeldCertificate ca = own.year.tcldCa("acme");
      String namespace = own.namespace("payments", List.of(ca), commonName("payments*"));
      own.secret("tls", own.year.tcldLeaf(ca, "acme", Optional.of("payments.1")));
      own.deployment("payments-worker", "tls");
      own.deployment("payments-second", "tls");
      Files.writeString(folder.resolve("server.pem"), own.emulator().serverCaPem());
      Captured imported =
          own.importing(folder, "--server-ca", "server.pem", "--out", "imported.yaml");
      assertThat(imported.exit()).as(imported.all()).isZero();
      assertThat(own.planning(folder).exit()).isZero();
      becomeDue();
      Captured applied =
          Captured.run(
              folder,
              own.environment(folder),
              "apply",
              "-f",
              "imported.yaml",
              "--auto-approve",
              "--detailed-exitcode");
      assertThat(applied.exit()).as(applied.all()).isZero();
      assertThat(applied.err()).containsPattern("a leaf of ca/acme-[0-9a-f]{8} refused");
      assertThat(own.planning(folder).out()).contains("No changes.");
      assertThat(bundle(own, namespace)).contains("acme CA G1").hasLineCount(1);
    }
  }

  /// In the words of the file, so that no clock has to be turned.
  private void becomeDue() throws IOException {
    Path file = folder.resolve("imported.yaml");
    String yaml = Files.readString(file);
    String due =
        "    validity: 365d\n    renewBefore: 350d\n    retire: after-verify\n    soak: 1s\n";
    assertThat(yaml).contains("    validity: 365d\n    keys:");
    Files.writeString(file, yaml.replace("    validity: 365d\n    keys:", due + "    keys:"));
  }

  private static String bundle(ImportWorld world, String namespace) {
    String pem =
        world
            .emulator()
            .account()
            .namespace(namespace)
            .orElseThrow()
            .getSpec()
            .getMtlsAuth()
            .getAcceptedClientCa()
            .toStringUtf8();
    return String.join(
        "\n",
        newleaf.cert.Pem.certificates(pem).stream()
            .map(c -> c.getSubjectX500Principal().getName())
            .toList());
  }
}
