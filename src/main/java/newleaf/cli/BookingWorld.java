package newleaf.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.CaProfile;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.emulator.World;
import newleaf.emulator.cluster.Seed;
import newleaf.files.CaKeyFiles;
import newleaf.journal.AtomicFile;
import newleaf.journal.AtomicFile.Readers;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;

/// The world of demo and sandbox: one namespace, three workers, one client that starts workflows, a
/// YAML for it all, and a history in which the CA or the leaf is due now.
final class BookingWorld implements AutoCloseable {
  static final String NAMESPACE = "temporal-booking.sdvdw";
  private static final String API_KEY = "key-of-the-sandbox";
  private static final String PASSPHRASE = "passphrase-of-the-sandbox";
  private static final CaRef CA = new CaRef("booking", "keys");
  private static final Subject SUBJECT = new Subject(NAMESPACE, Optional.empty(), Optional.empty());

  /// What is due.
  enum Scenario {
    /// the CA has 45 of its 365 days left
    CA_ROLLOVER(320, 10),
    /// the leaf has 5 of its 30 days left
    LEAF_RENEWAL(100, 25);

    private final Duration caAge;
    private final Duration leafAge;

    Scenario(long caDays, long leafDays) {
      this.caAge = Duration.ofDays(caDays);
      this.leafAge = Duration.ofDays(leafDays);
    }

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /// @param restart as in the YAML
  /// @param soak shortened, in whole seconds
  /// @param temporal a Temporal server to put behind the frontend; empty for an embedded one
  record Story(Scenario scenario, String restart, Duration soak, Optional<String> temporal) {}

  private final Path folder;
  private final World world;
  private final HeldCertificate firstLeaf;

  private BookingWorld(Path folder, World world, HeldCertificate firstLeaf) {
    this.folder = folder;
    this.world = world;
    this.firstLeaf = firstLeaf;
  }

  static BookingWorld start(Path folder, Story story, InstantSource clock) {
    try {
      AtomicFile.makeFolder(folder, Readers.OWNER);
      World world =
          World.start(
              new World.Settings("sdvdw", API_KEY, story.temporal()),
              folder.resolve("pods"),
              clock);
      BookingWorld booking = new BookingWorld(folder, world, history(folder, world, story, clock));
      booking.workloads();
      booking.files(story);
      return booking;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What newleaf did in the past: the CA and the leaf, made then.
  private static HeldCertificate history(
      Path folder, World world, Story story, InstantSource clock) {
    CaProfile profile =
        new CaProfile(
            new Subject("Booking CA", Optional.of("Temporal"), Optional.empty()),
            KeyAlgorithm.EC_P384,
            Duration.ofDays(365));
    CaReading ca = keys(folder, clock, story.scenario().caAge).make(CA, 1, profile);
    HeldCertificate leaf =
        keys(folder, clock, story.scenario().leafAge)
            .issue(
                CA,
                1,
                new LeafProfile(SUBJECT, KeyAlgorithm.EC_P256, Duration.ofDays(30), List.of()));
    world.namespace("temporal-booking", ca.certificate(), NAMESPACE);
    return leaf;
  }

  private static CaKeyFiles keys(Path folder, InstantSource clock, Duration ago) {
    return new CaKeyFiles(
        folder,
        _ -> PASSPHRASE.toCharArray(),
        () -> clock.instant().minus(ago),
        new SecureRandom());
  }

  private void workloads() {
    Seed seed = world.cluster().seed();
    seed.namespace("temporal-booking");
    seed.tlsSecret("temporal-booking", "temporal-booking-tls", firstLeaf);
    workload(seed, "temporal-booking-worker", 3, "worker");
    workload(seed, "temporal-booking-starter", 1, "starter");
  }

  private void workload(Seed seed, String name, int replicas, String role) {
    seed.deployment(
        new Seed.Workload(
            "temporal-booking",
            name,
            replicas,
            "temporal-booking-tls",
            Map.of(
                "TEMPORAL_HOST_URL",
                world.frontendAddress(NAMESPACE),
                "TEMPORAL_NAMESPACE",
                NAMESPACE,
                "TEMPORAL_TASK_QUEUE",
                "temporal-booking",
                "ROLE",
                role)));
  }

  private void files(Story story) throws IOException {
    write("newleaf.yaml", yaml(story));
    write("kubeconfig", world.cluster().kubeconfig());
    write("server-ca.pem", world.serverCaPem());
  }

  private void write(String name, String text) throws IOException {
    AtomicFile.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8), Readers.OWNER);
  }

  private String yaml(Story story) {
    return """
    newleaf: 1
    account: sdvdw
    cloud:
      address: %s
      plaintext: true            # the emulator, on loopback
      serverCa: server-ca.pem
    cas:
      booking:
        subject: {commonName: Booking CA, organization: Temporal}
        key: ec-p384
        validity: 365d
        renewBefore: 60d
        keys: {directory: keys}
        retire: after-verify
        soak: %ds                  # shortened; use 10m or more in earnest
    namespaces:
      temporal-booking.sdvdw:
        cas: [booking]
        filters: [{commonName: temporal-booking.sdvdw}]
    leaves:
      booking-worker:
        ca: booking
        subject: {commonName: temporal-booking.sdvdw}
        validity: 30d
        renewBefore: 10d
    workers:
      booking:
        leaf: booking-worker
        namespace: temporal-booking.sdvdw
        taskQueue: temporal-booking
        secret: temporal-booking/temporal-booking-tls
        deployment: temporal-booking/temporal-booking-worker
        restart: %s
    clients:
      booking-starter:           # shares the Secret and reloads it by itself
        leaf: booking-worker
        acknowledged: true
    """
        .formatted(world.cloudAddress(), story.soak().toSeconds(), story.restart());
  }

  /// What a newleaf in this world needs in its environment.
  Map<String, String> environment() {
    return Map.of(
        "TEMPORAL_CLOUD_API_KEY",
        API_KEY,
        "NEWLEAF_CA_PASSPHRASE",
        PASSPHRASE,
        "KUBECONFIG",
        folder.resolve("kubeconfig").toString(),
        "NEWLEAF_FILE",
        folder.resolve("newleaf.yaml").toString());
  }

  Terminal terminal(Terminal outer) {
    Map<String, String> environment = new HashMap<>(outer.environment());
    environment.putAll(environment());
    return outer.with(environment);
  }

  Path folder() {
    return folder;
  }

  World world() {
    return world;
  }

  HeldCertificate firstLeaf() {
    return firstLeaf;
  }

  @Override
  public void close() {
    world.close();
  }
}
