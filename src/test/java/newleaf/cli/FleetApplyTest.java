package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.namespace.v1.ReplicaSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import newleaf.emulator.Emulator;
import newleaf.emulator.EmulatorSettings;
import newleaf.emulator.cloud.ApiKeys;
import newleaf.emulator.cloud.Settings;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Rule;
import newleaf.emulator.fault.Schedule;
import newleaf.emulator.frontend.ConnectionAge;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many namespaces at once, through the real adapters and with threads.
final class FleetApplyTest {
  private static final int NAMESPACES = 14;
  private static final Duration LATENCY = Duration.ofMillis(700);
  private static final String BROKEN = "n3.acme1";

  @TempDir Path folder;
  private Emulator emulator;

  @BeforeEach
  void start() throws IOException {
    emulator =
        Emulator.start(
            new EmulatorSettings(
                new Settings(
                    "acme1",
                    new ApiKeys(Set.of("k")),
                    LATENCY,
                    Duration.ofMillis(100),
                    OptionalInt.empty()),
                new ConnectionAge(Duration.ofMinutes(5), Duration.ofMinutes(1)),
                Optional.empty()),
            Clock.systemUTC());
    for (int i = 0; i < NAMESPACES; i++) {
      String _ = emulator.account().add(off("n" + i));
    }
    Files.writeString(folder.resolve("newleaf.yaml"), yaml());
    Files.writeString(folder.resolve("server.pem"), emulator.serverCaPem());
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  private static NamespaceSpec off(String name) {
    return NamespaceSpec.newBuilder()
        .setName(name)
        .addReplicas(ReplicaSpec.newBuilder().setRegion("aws-eu-central-1"))
        .setRetentionDays(7)
        .setMtlsAuth(MtlsAuthSpec.getDefaultInstance())
        .build();
  }

  private String yaml() {
    StringBuilder yaml =
        new StringBuilder(
            """
            newleaf: 1
            account: acme1
            cloud: {address: "%s", plaintext: true, serverCa: server.pem}
            cas:
              pay: {subject: {commonName: Pay CA, organization: Acme}, key: ec-p256, validity: 365d,
                    renewBefore: 60d, keys: {directory: keys}}
              shop: {subject: {commonName: Shop CA, organization: Acme}, key: ec-p256, validity: 365d,
                     renewBefore: 60d, keys: {directory: keys}}
            namespaces:
            """
                .formatted(emulator.cloudAddress()));
    for (int i = 0; i < NAMESPACES; i++) {
      yaml.append("  n%d.acme1: {cas: [%s]}%n".formatted(i, i % 2 == 0 ? "pay" : "shop"));
    }
    return yaml.toString();
  }

  private Captured apply(String... options) {
    List<String> args = new ArrayList<>(List.of("apply", "--auto-approve"));
    args.addAll(List.of(options));
    return Captured.run(
        folder,
        Map.of("TEMPORAL_CLOUD_API_KEY", "k", "NEWLEAF_CA_PASSPHRASE", "p"),
        args.toArray(String[]::new));
  }

  private List<Line> lines() {
    return Journal.open(folder.resolve(".newleaf"), Clock.systemUTC()).lines();
  }

  /// How many operations were under way together, by the journal.
  private int mostOperations() {
    Map<String, String> open = new HashMap<>();
    int most = 0;
    for (Line line : lines()) {
      if (line.entry() instanceof Entry.Begun begun && begun.operation().isPresent()) {
        open.put(begun.attempt(), begun.operation().get());
      } else if (line.entry() instanceof Entry.Ended ended) {
        open.remove(ended.attempt());
      }
      most = Math.max(most, open.size());
    }
    return most;
  }

  @Test
  void namespacesAreChangedTogetherButNeverMoreThanTheAccountAllows() {
    Captured applied = apply();
    assertThat(applied.exit()).as(applied.all()).isZero();
    assertThat(applied.out()).contains("Applied 16 of 16 steps.");
    assertThat(emulator.account().busiest()).isBetween(4, 10);
    assertThat(emulator.account().accepted()).isEqualTo(NAMESPACES);
    assertThat(apply().out()).contains("No changes.");
  }

  @Test
  void oneAtOnceIsOneAtOnce() {
    Captured applied = apply("--parallel", "1");
    assertThat(applied.exit()).as(applied.all()).isZero();
    assertThat(mostOperations()).isEqualTo(1);
  }

  @Test
  void otherNamespacesGoOnBesideAFailedOneWhenAskedToAndTheNextRunEndsIt() {
    emulator
        .faults()
        .add(
            new Rule(
                new Fault.Ends(Fault.Ending.FAILED, "no capacity"),
                Set.of("UpdateNamespace"),
                Optional.of(BROKEN),
                Schedule.once()));
    Captured first = apply("--on-failure", "continue-independent");
    assertThat(first.exit()).as(first.all()).isEqualTo(ExitCode.PARTIAL.code());
    assertThat(first.err())
        .contains("Applied 15 of 16 steps. 1 failed", "NL3013", BROKEN, "no capacity");
    Captured second = apply();
    assertThat(second.exit()).as(second.all()).isZero();
    assertThat(apply().out()).contains("No changes.");
    assertThat(emulator.account().accepted()).isEqualTo(NAMESPACES + 1);
  }

  @Test
  void aFailureStopsTheOthersWhenNotAskedOtherwise() {
    emulator
        .faults()
        .add(
            new Rule(
                new Fault.Ends(Fault.Ending.FAILED, "no capacity"),
                Set.of("UpdateNamespace"),
                Optional.of(BROKEN),
                Schedule.once()));
    Captured first = apply("--parallel", "2");
    assertThat(first.exit()).as(first.all()).isEqualTo(ExitCode.PARTIAL.code());
    assertThat(first.err()).contains("1 failed", "held back");
    assertThat(emulator.account().accepted()).isLessThan(NAMESPACES);
    assertThat(apply().exit()).isZero();
  }
}
