package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import newleaf.apply.OperationId;
import newleaf.apply.Ports;
import newleaf.apply.TrustChange;
import newleaf.cert.CaProfile;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.journal.FileLease;
import newleaf.journal.RunLock;
import newleaf.journal.Snapshot;
import newleaf.journal.StateFile;
import newleaf.observed.LeafPlace;
import newleaf.observed.NamespaceReading;
import newleaf.observed.ObservedLeaf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drift through the command line, on the world of the sandbox: a rotation is none, neither while
/// it is stopped in its middle nor after it; what somebody else does is, and is told exactly.
final class DriftTest {
  private static final long LIMIT_NANOS = Duration.ofSeconds(90).toNanos();
  private static final LeafPlace PLACE =
      new LeafPlace.Secret("temporal-booking", "temporal-booking-tls");
  private static final String ADDRESS = "namespace/" + BookingWorld.NAMESPACE;

  @TempDir Path parent;

  @Test
  void rotationIsNoDriftAndWhatOthersDoIs() throws Exception {
    try (BookingWorld world = world(BookingWorld.Scenario.CA_ROLLOVER)) {
      firstCheckHasNothingToCompareWith(world);
      killInTheMiddle(world);
      quiet(world);
      Captured status = run(world, "status");
      assertThat(status.out()).contains("unfinished   reissue", "staged     ca/booking-g2");
      checkedAllTheTimeDuringTheRest(world);
      quiet(world);
      assertThat(run(world, "status").out()).contains("removed    ca/booking-g1", "nothing to do");
      others(world);
    }
  }

  private void firstCheckHasNothingToCompareWith(BookingWorld world) {
    assertThat(run(world, "drift").out()).contains("There is no snapshot to compare with yet");
    assertThat(world.folder().resolve(".newleaf")).doesNotExist();
    assertThat(run(world, "drift", "--accept", "**").exit()).isZero();
  }

  private static void killInTheMiddle(BookingWorld world) throws Exception {
    NewleafProcess apply =
        NewleafProcess.start(world.folder(), world.environment(), "apply", "--auto-approve");
    long end = System.nanoTime() + LIMIT_NANOS;
    Predicate<String> moment =
        line -> line.contains("\"kind\":\"proved\"") && line.contains("the new leaf in");
    while (journal(world).stream().noneMatch(moment)) {
      assertThat(apply.process().isAlive()).as(apply.text()).isTrue();
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(2);
    }
    apply.process().destroyForcibly();
    assertThat(apply.exit()).isEqualTo(137);
  }

  /// Another process goes on with the rotation, while this one does nothing but look.
  private static void checkedAllTheTimeDuringTheRest(BookingWorld world) throws Exception {
    NewleafProcess apply =
        NewleafProcess.start(world.folder(), world.environment(), "apply", "--auto-approve");
    int whileHeld = 0;
    while (apply.process().isAlive()) {
      Captured run = run(world, "drift");
      assertThat(run.exit()).as(run.all() + journal(world)).isZero();
      whileHeld += run.out().contains("The lock is held by apply of") ? 1 : 0;
    }
    assertThat(apply.exit()).as(apply.text()).isZero();
    assertThat(whileHeld).isGreaterThan(2);
  }

  private static List<String> journal(BookingWorld world) throws IOException {
    Path file = world.folder().resolve(".newleaf").resolve("journal.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static void quiet(BookingWorld world) {
    Captured run = run(world, "drift");
    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(run.out()).startsWith("No drift. Looked at 1 namespace");
  }

  /// Each is the one finding, also after an apply that had nothing to do, until it is accepted.
  private void others(BookingWorld world) throws Exception {
    X509Certificate stranger = stranger();
    change(world, new TrustChange(List.of(stranger), Set.of(), Optional.empty()));
    found(world, ADDRESS, "accepts a CA that newleaf did not add");
    Captured apply = run(world, "apply", "--auto-approve");
    assertThat(apply.exit()).as(apply.all()).isZero();
    assertThat(apply.err()).contains("Somebody else changed something", "newleaf drift -f ");
    found(world, ADDRESS, "accepts a CA that newleaf did not add");
    Captured other = run(world, "drift", "--accept", "namespace/other.sdvdw");
    assertThat(other.exit()).isEqualTo(ExitCode.CHANGES.code());
    assertThat(other.err()).isEqualTo("Taken as it is from now on: 0 changes.\n");
    Captured taken = run(world, "drift", "--accept", ADDRESS);
    assertThat(taken.exit()).isZero();
    assertThat(taken.err()).isEqualTo("Taken as it is from now on: 1 change.\n");
    quiet(world);

    change(world, new TrustChange(List.of(), Set.of(Fingerprint.of(stranger)), Optional.empty()));
    found(world, ADDRESS, "does not accept a CA any more");
    assertThat(run(world, "drift", "--accept", "namespace/*").exit()).isZero();

    change(world, new TrustChange(List.of(), Set.of(), Optional.of(List.of())));
    found(world, ADDRESS, "has other certificate filters");
    ignored(world);
    assertThat(run(world, "apply", "--auto-approve").exit()).as("sets them back").isZero();
    quiet(world);

    replaceSecret(world);
    found(world, PLACE.address(), "holds a leaf that newleaf did not issue");
    held(world);
    metrics(world);
  }

  private void ignored(BookingWorld world) throws IOException {
    Files.writeString(parent.resolve("ignore"), "# ann\n" + ADDRESS + "\n");
    Captured run = run(world, "drift", "--ignore-file", parent.resolve("ignore").toString());
    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(run.out()).contains("Ignored as the ignore file says: 1 finding.");
  }

  private void held(BookingWorld world) {
    try (RunLock _ = held(world.folder().resolve(".newleaf"))) {
      Captured run = run(world, "drift");
      assertThat(run.exit()).as(run.all()).isEqualTo(ExitCode.CHANGES.code());
      assertThat(run.out()).contains("The lock is held by apply by ann");
      assertThat(run(world, "drift", "--accept", "**").exit()).isEqualTo(ExitCode.LOCKED.code());
    }
  }

  private static RunLock held(Path state) {
    return RunLock.take(
        new FileLease(state, "build-7"),
        new RunLock.Claim("id-1", "apply by ann", "build-7", RunLock.LEASE),
        Clock.systemUTC());
  }

  private void metrics(BookingWorld world) throws IOException {
    Path file = parent.resolve("newleaf.prom");
    Captured run =
        run(world, "drift", "--fail-within", "364d", "--metrics", file.toString(), "-o", "json");
    assertThat(run.exit()).as("10 comes before 2").isEqualTo(ExitCode.AT_RISK.code());
    assertThat(run.out()).contains("\"kind\" : \"leaf_replaced\"", "\"role\" : \"leaf\"");
    assertThat(Files.readString(file))
        .contains("newleaf_drift_findings{kind=\"leaf_replaced\"} 1\n")
        .contains("newleaf_certificates_at_risk 1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    Captured markdown = run(world, "drift", "-o", "markdown");
    assertThat(markdown.out()).startsWith("<!-- newleaf:drift:sdvdw -->\n");
  }

  private static void found(BookingWorld world, String address, String title) {
    Captured run = run(world, "drift");
    assertThat(run.exit()).as(run.all()).isEqualTo(ExitCode.CHANGES.code());
    assertThat(run.out().lines().filter(l -> l.startsWith("! "))).hasSize(1);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("! " + address + " " + title)
        .contains("1 change by others, 0 certificates at risk.");
  }

  @Test
  void observeStatusAndNextOnlyLook() throws IOException {
    try (BookingWorld world = world(BookingWorld.Scenario.LEAF_RENEWAL)) {
      Captured observe = run(world, "observe", "--out", parent.resolve("o.json").toString());
      assertThat(observe.exit()).as(observe.all()).isZero();
      Snapshot seen = StateFile.read(parent.resolve("o.json")).orElseThrow();
      assertThat(seen.observed().namespaces()).hasSize(1);
      assertThat(seen.observed().leaves()).allMatch(ObservedLeaf::keyMatches);
      assertThat(run(world, "observe", "-o", "json").out())
          .contains("\"format_version\" : \"1.1\"");
      assertThat(run(world, "observe").exit()).isEqualTo(ExitCode.USAGE.code());
      assertThat(run(world, "status", "-o", "json").out()).contains("\"phase\" : \"active\"");
      assertThat(run(world, "status", "-o", "markdown").out())
          .startsWith("```text\nnewleaf status");
      assertThat(run(world, "next").out())
          .startsWith("Next: secret/temporal-booking/temporal-booking-tls has a step")
          .hasLineCount(1);
      assertThat(run(world, "next", "-o", "json").out()).contains("\"next_due\" : {");
      assertThat(run(world, "drift", "--fail-within", "21d").exit())
          .as("the leaf has 5 days left")
          .isEqualTo(ExitCode.AT_RISK.code());
      assertThat(run(world, "drift", "--fail-within", "4d").exit()).isZero();
      assertThat(world.folder().resolve(".newleaf")).doesNotExist();
    }
  }

  @Test
  void snapshotThatCanNotBeReadStopsBeforeAnythingIsTouched() throws IOException {
    try (BookingWorld world = world(BookingWorld.Scenario.LEAF_RENEWAL)) {
      Path file = world.folder().resolve(".newleaf").resolve("state.json");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "{\"format_version\": \"2.0\"}");
      assertThat(run(world, "status").exit()).as("compares nothing").isZero();
      for (String command : List.of("drift", "apply")) {
        Captured run = run(world, command);
        assertThat(run.exit()).isEqualTo(ExitCode.ERROR.code());
        assertThat(run.err()).contains("NL6101", "state.json").hasLineCount(2);
      }
      assertThat(journal(world)).isEmpty();
      Files.delete(file);
      assertThat(run(world, "apply", "--auto-approve").exit()).isZero();
      quiet(world);
    }
  }

  @Test
  void failedApplyLeavesASnapshotAndIsNoDrift() throws IOException {
    try (BookingWorld world = world(BookingWorld.Scenario.LEAF_RENEWAL)) {
      Map<String, String> wrong = new HashMap<>(world.environment());
      wrong.put("NEWLEAF_CA_PASSPHRASE", "another");
      Captured apply = Captured.run(world.folder(), wrong, "apply", "--auto-approve");
      assertThat(apply.exit()).as(apply.all()).isEqualTo(ExitCode.DENIED.code());
      Snapshot snapshot =
          StateFile.read(world.folder().resolve(".newleaf").resolve("state.json")).orElseThrow();
      int entries = journal(world).size() - 1; // the first line says the format
      assertThat(snapshot.journal().serial()).isEqualTo(entries).isPositive();
      quiet(world);
      Map<String, String> reader = new HashMap<>(world.environment());
      Path kubeconfig = parent.resolve("reader");
      Files.writeString(
          kubeconfig, world.world().cluster().kubeconfig(world.world().cluster().readerToken()));
      reader.put("KUBECONFIG", kubeconfig.toString());
      reader.remove("NEWLEAF_CA_PASSPHRASE");
      assertThat(Captured.run(world.folder(), reader, "drift").exit())
          .as("needs no passphrase, and of the cluster only reading")
          .isZero();
    }
  }

  @Test
  void theHalfThatReadsNamesNothingThatWrites() throws IOException {
    Path cli = Path.of("src", "main", "java", "newleaf", "cli");
    for (String name : List.of("Reading", "Look", "DriftCommand", "StatusCommand", "NextCommand")) {
      assertThat(Files.readString(cli.resolve(name + ".java")))
          .as(name)
          .doesNotContain("Wiring", "NamespaceUpdates", "LeafDelivery", "KubeRolls", "CaKeys;")
          .doesNotContain("newleaf.apply.Ports", "Applier");
    }
  }

  private BookingWorld world(BookingWorld.Scenario scenario) {
    return BookingWorld.start(
        parent.resolve(scenario.text()),
        new BookingWorld.Story(scenario, "rolling", Duration.ofSeconds(1), Optional.empty()),
        Clock.systemUTC());
  }

  private static Captured run(BookingWorld world, String... args) {
    Captured run = Captured.run(world.folder(), world.environment(), args);
    assertThat(run.all())
        .doesNotContain("PRIVATE KEY", "is a bug of newleaf", "-----BEGIN")
        .doesNotContain("key-of-the-sandbox", "passphrase-of-the-sandbox");
    return run;
  }

  // somebody else

  private static Wiring wiring(BookingWorld world) {
    try {
      Desired desired =
          DesiredYaml.read(
              "newleaf.yaml", Files.readAllBytes(world.folder().resolve("newleaf.yaml")));
      return new Wiring(
          Captured.silent(world.folder(), world.environment()), desired, world.folder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void change(BookingWorld world, TrustChange change) {
    try (Wiring wiring = wiring(world)) {
      Ports ports = wiring.ports();
      NamespaceReading now = ports.namespaces().read(List.of(BookingWorld.NAMESPACE)).getFirst();
      ports
          .updates()
          .update(
              BookingWorld.NAMESPACE,
              now.namespace().resourceVersion(),
              change,
              new OperationId("somebody-" + System.nanoTime()),
              () -> {});
    }
  }

  private static void replaceSecret(BookingWorld world) {
    try (Wiring wiring = wiring(world)) {
      HeldCertificate other =
          wiring
              .ports()
              .caKeys()
              .issue(
                  new newleaf.observed.CaRef("booking", "keys"),
                  2,
                  new LeafProfile(
                      new Subject(BookingWorld.NAMESPACE, Optional.empty(), Optional.empty()),
                      KeyAlgorithm.EC_P256,
                      Duration.ofDays(30),
                      List.of()));
      ObservedLeaf there =
          wiring.ports().leaves().read(List.of(PLACE), _ -> Optional.empty()).getFirst();
      wiring.ports().delivery().deliver(PLACE, other, there.version());
    }
  }

  private static X509Certificate stranger() {
    CaProfile profile =
        new CaProfile(
            new Subject("Mallory CA", Optional.empty(), Optional.empty()),
            KeyAlgorithm.EC_P256,
            Duration.ofDays(365));
    return CertificateAuthority.selfSigned(
            profile, 1, Clock.systemUTC().instant(), new SecureRandom())
        .certificate();
  }
}
