package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import newleaf.cert.Fingerprint;
import newleaf.cert.Pem;
import newleaf.emulator.frontend.Verdict;
import newleaf.emulator.workers.Traffic;
import newleaf.journal.Journal;
import newleaf.journal.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a real apply when its journal has k lines, for every k, and once more half-way to
/// the next line. Each time in a world of its own, whose end and whose number of effects have to be
/// those of a world in which nobody was killed. Every line in profile `kill`, one of them in each
/// build.
final class KillEveryLineTest {
  private static final boolean EVERY = "every-line".equals(System.getProperty("newleaf.kill"));
  private static final int ONE = 14;

  /// Worlds beside each other: with more of them two cores are so slow that a run is taken for
  /// hung.
  private static final int AT_ONCE = 2;

  private static final long LIMIT_NANOS = Duration.ofMinutes(5).toNanos();
  private static final String SPACE = "temporal-booking";

  @TempDir Path parent;

  /// @param nothingDue what the last plan says
  /// @param changes operations that the service accepted
  /// @param generation of the Deployment: 1 and one more for each change of its template
  /// @param oldLeafBefore the leaf of the beginning lies beside the new one, so there was one
  ///   delivery
  private record End(
      boolean nothingDue,
      int changes,
      long generation,
      int replicas,
      boolean oldLeafBefore,
      List<String> keys,
      int unfinished,
      long refused,
      long failedWorkflows) {}

  @Test
  void killedAtAnyLineAndBetweenItEndsAsIfLeftAlone() throws Exception {
    List<Line> undisturbed;
    End wanted;
    try (BookingWorld world = world("undisturbed")) {
      wanted = end(world);
      undisturbed = lines(world);
    }
    assertThat(undisturbed).hasSizeGreaterThan(20);
    List<Integer> moments =
        EVERY ? IntStream.range(1, undisturbed.size()).boxed().toList() : List.of(ONE);
    List<Callable<Integer>> kills = new ArrayList<>();
    for (int k : moments) {
      Duration half =
          Duration.between(undisturbed.get(k - 1).at(), undisturbed.get(k).at()).dividedBy(2);
      kills.add(() -> killed(k, Duration.ZERO, wanted));
      kills.add(() -> killed(k, half, wanted));
    }
    try (ExecutorService worlds = Executors.newFixedThreadPool(AT_ONCE)) {
      assertThat(worlds.invokeAll(kills))
          .allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ZERO));
    }
    System.out.printf(
        "KillEveryLineTest: %d kills at %d of %d lines and between, each ended as if left alone%n",
        kills.size(), moments.size(), undisturbed.size());
  }

  /// @return the line
  private int killed(int line, Duration after, End wanted) throws Exception {
    try (BookingWorld world = world("line" + line + "-" + after.toMillis())) {
      killWhen(world, line, after);
      assertThat(end(world)).as("killed %s after line %d", after, line).isEqualTo(wanted);
    }
    System.out.printf(
        "KillEveryLineTest: killed %s after line %d: as if left alone%n", after, line);
    return line;
  }

  private BookingWorld world(String name) throws InterruptedException {
    BookingWorld world =
        BookingWorld.start(
            parent.resolve(name),
            new BookingWorld.Story(
                BookingWorld.Scenario.CA_ROLLOVER,
                "rolling",
                Duration.ofSeconds(1),
                Optional.empty()),
            Clock.systemUTC());
    world.world().traffic().awaitCompleted(5);
    return world;
  }

  private static List<Line> lines(BookingWorld world) {
    return Journal.open(world.folder().resolve(".newleaf"), Clock.systemUTC()).lines();
  }

  /// Counted on the file, since a reader of the journal would be slower than its writer.
  private static long written(BookingWorld world) throws IOException {
    Path file = world.folder().resolve(".newleaf").resolve("journal.jsonl");
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> all = Files.lines(file)) {
      return all.count() - 1; // the first line says the format
    }
  }

  private static void killWhen(BookingWorld world, int line, Duration after)
      throws IOException, InterruptedException {
    NewleafProcess apply = apply(world);
    long end = System.nanoTime() + LIMIT_NANOS;
    while (written(world) < line && apply.process().isAlive()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(1);
    }
    Thread.sleep(after);
    apply.process().destroyForcibly();
    assertThat(apply.exit()).as(apply.text()).isIn(137, 0); // 0: it was done by then
  }

  private static NewleafProcess apply(BookingWorld world) throws IOException {
    return NewleafProcess.start(world.folder(), world.environment(), "apply", "--auto-approve");
  }

  private static End end(BookingWorld world) throws Exception {
    NewleafProcess last = apply(world);
    assertThat(last.exit()).as(last.text()).isZero();
    Captured plan =
        Captured.run(world.folder(), world.environment(), "plan", "--detailed-exitcode");
    assertThat(plan.exit()).as(plan.all() + last.text()).isZero();
    assertThat(world.world().traffic().finish(Duration.ofSeconds(60))).isTrue();
    Traffic.Counts counts = world.world().traffic().counts();
    Config config = Config.fromKubeconfig(world.world().cluster().kubeconfig());
    try (KubernetesClient kube = new KubernetesClientBuilder().withConfig(config).build()) {
      var worker =
          kube.apps().deployments().inNamespace(SPACE).withName("temporal-booking-worker").get();
      return new End(
          plan.out().contains("No changes."),
          world.world().changes(),
          worker.getMetadata().getGeneration(),
          worker.getSpec().getReplicas(),
          leaf(kube, "temporal-booking-tls-prev").equals(world.firstLeaf().fingerprint()),
          keys(world),
          Journal.open(world.folder().resolve(".newleaf"), Clock.systemUTC()).unfinished().size(),
          refused(world, leaf(kube, "temporal-booking-tls")),
          counts.failed());
    }
  }

  private static Fingerprint leaf(KubernetesClient kube, String secret) {
    Secret found = kube.secrets().inNamespace(SPACE).withName(secret).get();
    String pem =
        new String(
            Base64.getDecoder().decode(found.getData().get("tls.crt")), StandardCharsets.US_ASCII);
    return Fingerprint.of(Pem.certificates(pem).getFirst());
  }

  private static List<String> keys(BookingWorld world) throws IOException {
    try (Stream<Path> files = Files.list(world.folder().resolve("keys"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /// Handshakes of the leaf that was in use, and of the one that is.
  private static long refused(BookingWorld world, Fingerprint now) {
    List<Fingerprint> leaves = List.of(world.firstLeaf().fingerprint(), now);
    return world.world().handshakes().all().stream()
        .filter(h -> leaves.contains(h.leaf().fingerprint()))
        .filter(h -> h.verdict() instanceof Verdict.Refused)
        .count();
  }
}
