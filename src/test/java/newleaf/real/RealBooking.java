package newleaf.real;

import com.google.protobuf.ByteString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.namespace.v1.ReplicaSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import newleaf.cert.CaProfile;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafPair;
import newleaf.cert.LeafProfile;
import newleaf.cert.Pem;
import newleaf.cert.Subject;
import newleaf.emulator.Emulator;
import newleaf.emulator.EmulatorSettings;
import newleaf.emulator.cloud.ApiKeys;
import newleaf.emulator.cloud.Settings;
import newleaf.emulator.frontend.ConnectionAge;
import newleaf.emulator.workers.BookingPods;
import newleaf.files.CaKeyFiles;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;

/// The runbook's world with real software: a Deployment of three worker processes in a real control
/// plane, a real Temporal server behind the mTLS frontend, and a client outside the cluster that
/// starts workflows at a steady rate.
final class RealBooking implements AutoCloseable {
  static final String TEMPORAL_NAMESPACE = "temporal-booking.sdvdw";
  private static final String API_KEY = "key-of-the-test";
  private static final String PASSPHRASE = "passphrase-of-the-test";
  private static final Duration LATENCY = Duration.ofSeconds(1);

  /// What is due, and how workers are restarted, as in the YAML.
  enum Story {
    /// the CA has 45 of its 365 days left
    CA_ROLLOVER(320, 10, "rolling"),
    /// the leaf has 5 of its 30 days left
    LEAF_RENEWAL_BY_SCALING(100, 25, "scale");

    private final Duration caAge;
    private final Duration leafAge;
    private final String restart;

    Story(long caDays, long leafDays, String restart) {
      this.caAge = Duration.ofDays(caDays);
      this.leafAge = Duration.ofDays(leafDays);
      this.restart = restart;
    }
  }

  private final Path folder;
  private final ControlPlane plane;
  private final Story story;
  private final Deque<Runnable> endings = new ArrayDeque<>();
  private final String space;
  private final Emulator emulator;
  private final PollWatch polls;

  RealBooking(Path folder, ControlPlane plane, Story story) throws IOException {
    this.folder = folder;
    this.story = story;
    this.plane = plane;
    space = plane.namespace("temporal-booking");
    TemporalServer temporal = TemporalServer.start(folder, TEMPORAL_NAMESPACE);
    endings.push(temporal::close);
    polls = new PollWatch(temporal.address());
    endings.push(polls::close);
    emulator = Emulator.start(settings(polls.address()), Clock.systemUTC());
    endings.push(emulator::close);
    history();
    files();
    Kubelet kubelet = Kubelet.start(plane, folder.resolve("pods"), BookingWorker::command);
    endings.push(kubelet::close);
    workloads();
  }

  private static EmulatorSettings settings(String temporal) {
    return new EmulatorSettings(
        new Settings(
            "sdvdw",
            new ApiKeys(Set.of(API_KEY)),
            LATENCY,
            Duration.ofMillis(300),
            OptionalInt.empty()),
        new ConnectionAge(Duration.ofSeconds(20), Duration.ofSeconds(70)),
        Optional.of(temporal));
  }

  private void files() throws IOException {
    Files.writeString(folder.resolve("kubeconfig"), plane.kubeconfig());
    Files.writeString(folder.resolve("server-ca.pem"), emulator.serverCaPem());
    Files.writeString(folder.resolve("newleaf.yaml"), yaml());
  }

  /// What newleaf did months ago; the first leaves as files beside.
  private void history() throws IOException {
    CaRef ca = new CaRef("booking", "keys");
    Subject name = new Subject("Booking CA", Optional.of("Temporal"), Optional.empty());
    CaReading made =
        keys(story.caAge)
            .make(ca, 1, new CaProfile(name, KeyAlgorithm.EC_P384, Duration.ofDays(365)));
    Subject leaf = new Subject(TEMPORAL_NAMESPACE, Optional.empty(), Optional.empty());
    for (String holder : List.of("starter", "worker")) {
      HeldCertificate first =
          keys(story.leafAge)
              .issue(
                  ca,
                  1,
                  new LeafProfile(leaf, KeyAlgorithm.EC_P256, Duration.ofDays(30), List.of()));
      Files.writeString(first(holder, "crt"), LeafPair.certificatesOf(first));
      Files.writeString(first(holder, "key"), LeafPair.keyOf(first));
    }
    emulator.account().add(specification(made));
  }

  private static String secretOf(String holder) {
    return holder.equals("worker") ? "temporal-booking-tls" : "temporal-starter-tls";
  }

  /// @param kind crt or key
  Path first(String holder, String kind) {
    return folder.resolve(holder + ".1." + kind);
  }

  private CaKeyFiles keys(Duration ago) {
    return new CaKeyFiles(
        folder,
        _ -> PASSPHRASE.toCharArray(),
        () -> Clock.systemUTC().instant().minus(ago),
        new SecureRandom());
  }

  private static NamespaceSpec specification(CaReading ca) {
    return NamespaceSpec.newBuilder()
        .setName("temporal-booking")
        .addReplicas(ReplicaSpec.newBuilder().setRegion("aws-eu-central-1"))
        .setRetentionDays(7)
        .setMtlsAuth(
            MtlsAuthSpec.newBuilder()
                .setEnabled(true)
                .setAcceptedClientCa(ByteString.copyFromUtf8(Pem.of(ca.certificate())))
                .addCertificateFilters(
                    CertificateFilterSpec.newBuilder().setCommonName(TEMPORAL_NAMESPACE)))
        .build();
  }

  /// As the runbook makes them, with kubectl.
  private void workloads() throws IOException {
    for (String holder : List.of("starter", "worker")) {
      kubectl(
              "create",
              "secret",
              "tls",
              secretOf(holder),
              "--cert=" + first(holder, "crt"),
              "--key=" + first(holder, "key"))
          .good();
    }
    Path manifest = folder.resolve("deployment.yaml");
    Files.writeString(manifest, manifest());
    kubectl("apply", "--filename=" + manifest).good();
    kubectl("rollout", "status", "deployment/temporal-booking-worker", "--timeout=90s").good();
  }

  Answer kubectl(String... arguments) {
    return kubectlIn(space, arguments);
  }

  Answer kubectlIn(String namespace, String... arguments) {
    List<Object> command =
        new ArrayList<>(
            List.of(
                Peers.binary("kubectl"),
                "--kubeconfig=" + folder.resolve("kubeconfig"),
                "--namespace=" + namespace));
    command.addAll(List.of(arguments));
    return Answer.of(Map.of(), command.toArray());
  }

  private String manifest() {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: temporal-booking-worker}
    spec:
      replicas: 3
      selector: {matchLabels: {app: temporal-booking-worker}}
      template:
        metadata: {labels: {app: temporal-booking-worker}}
        spec:
          terminationGracePeriodSeconds: 30
          containers:
            - name: worker
              image: booking-worker
              env:
                - {name: TEMPORAL_HOST_URL, value: "%s"}
                - {name: TEMPORAL_NAMESPACE, value: temporal-booking.sdvdw}
                - {name: TEMPORAL_TASK_QUEUE, value: temporal-booking}
                - {name: TEMPORAL_MTLS_TLS_CERT, value: /etc/certs/tls.crt}
                - {name: TEMPORAL_MTLS_TLS_KEY, value: /etc/certs/tls.key}
                - {name: SERVER_CA, value: "%s"}
              readinessProbe: {exec: {command: [ls, ready]}, periodSeconds: 1}
              volumeMounts: [{name: certs, mountPath: /etc/certs, readOnly: true}]
          volumes: [{name: certs, secret: {secretName: temporal-booking-tls}}]
    """
        .formatted(frontend(), folder.resolve("server-ca.pem"));
  }

  private String yaml() {
    return """
    newleaf: 1
    account: sdvdw
    cloud: {address: "%s", plaintext: true, serverCa: server-ca.pem}
    cas:
      booking:
        subject: {commonName: Booking CA, organization: Temporal}
        key: ec-p384
        validity: 365d
        renewBefore: 60d
        keys: {directory: keys}
        retire: after-verify
        soak: 5s
    namespaces:
      temporal-booking.sdvdw:
        cas: [booking]
        filters: [{commonName: temporal-booking.sdvdw}]
    leaves:
      worker: {ca: booking, subject: {commonName: temporal-booking.sdvdw}, validity: 30d, renewBefore: 10d}
      starter: {ca: booking, subject: {commonName: temporal-booking.sdvdw}, validity: 30d, renewBefore: 10d}
    workers:
      booking:
        leaf: worker
        namespace: temporal-booking.sdvdw
        taskQueue: temporal-booking
        secret: %s/temporal-booking-tls
        deployment: %s/temporal-booking-worker
        restart: %s
    clients:
      starter: {leaf: starter, secret: %s/temporal-starter-tls, acknowledged: true}
    """
        .formatted(emulator.cloudAddress(), space, space, story.restart, space);
  }

  /// newleaf in this world, as the administrator of the cluster.
  Newleaf newleaf() {
    return newleaf("kubeconfig");
  }

  /// @param kubeconfig a file of the folder
  Newleaf newleaf(String kubeconfig) {
    return new Newleaf(
        folder.resolve("newleaf.log"),
        Map.of(
            "TEMPORAL_CLOUD_API_KEY",
            API_KEY,
            "NEWLEAF_CA_PASSPHRASE",
            PASSPHRASE,
            "KUBECONFIG",
            folder.resolve(kubeconfig).toString(),
            "NEWLEAF_FILE",
            folder.resolve("newleaf.yaml").toString()));
  }

  /// A client outside the cluster, at work.
  OutsideClient client() throws InterruptedException {
    return OutsideClient.start(
        new BookingPods(emulator.serverCaPem(), Clock.systemUTC()),
        folder.resolve("starter-" + UUID.randomUUID()),
        Map.of(
            "ROLE",
            "starter",
            "TEMPORAL_HOST_URL",
            frontend(),
            "TEMPORAL_NAMESPACE",
            TEMPORAL_NAMESPACE,
            "TEMPORAL_TASK_QUEUE",
            "temporal-booking"),
        () -> secret("temporal-starter-tls"));
  }

  /// The test line of the runbook, by the `temporal` command line. Go's clients take the frontend's
  /// CA from the environment, so the line is the one of the runbook.
  Answer list(Path certificate, Path key) {
    return Answer.of(
        Map.of("SSL_CERT_FILE", folder.resolve("server-ca.pem").toString()),
        Peers.binary("temporal"),
        "workflow",
        "list",
        "--address",
        frontend(),
        "--namespace",
        TEMPORAL_NAMESPACE,
        "--tls-cert-path",
        certificate,
        "--tls-key-path",
        key);
  }

  /// The leaves that worker and client were given first, and hold now.
  Set<Fingerprint> leaves() throws IOException {
    Set<Fingerprint> leaves = new HashSet<>();
    for (String holder : List.of("starter", "worker")) {
      leaves.add(leaf(first(holder, "crt")));
      leaves.add(leaf(file(secretOf(holder), "tls.crt")));
    }
    return leaves;
  }

  Fingerprint firstLeaf(String holder) throws IOException {
    return leaf(first(holder, "crt"));
  }

  private static Fingerprint leaf(Path file) throws IOException {
    return Fingerprint.of(Pem.certificates(Files.readString(file)).getFirst());
  }

  /// A key of a Secret, as a file.
  Path file(String secret, String key) throws IOException {
    Path file = folder.resolve(secret + "." + key);
    Files.write(file, Base64.getDecoder().decode(secret(secret).getData().get(key)));
    return file;
  }

  Secret secret(String name) {
    return plane.admin().secrets().inNamespace(space).withName(name).get();
  }

  Deployment deployment() {
    return plane
        .admin()
        .apps()
        .deployments()
        .inNamespace(space)
        .withName("temporal-booking-worker")
        .get();
  }

  List<Pod> workerPods() {
    return plane
        .admin()
        .pods()
        .inNamespace(space)
        .withLabel("app", "temporal-booking-worker")
        .list()
        .getItems();
  }

  /// The Kubernetes namespace of the workers.
  String space() {
    return space;
  }

  /// `127.0.0.1:port` of the namespace.
  String frontend() {
    return emulator.frontendAddress(TEMPORAL_NAMESPACE);
  }

  Path folder() {
    return folder;
  }

  Emulator emulator() {
    return emulator;
  }

  PollWatch polls() {
    return polls;
  }

  @Override
  public void close() {
    endings.forEach(Runnable::run);
    plane.admin().namespaces().withName(space).delete();
  }
}
