package newleaf.real;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.UUID;

/// A real Kubernetes control plane without nodes: etcd, kube-apiserver with RBAC, the controllers,
/// the scheduler. A [Kubelet] makes a node of the machine.
public final class ControlPlane implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final Path folder;
  private final String adminToken = UUID.randomUUID().toString();
  private final Deque<Program> programs = new ArrayDeque<>();
  private final String server = "https://127.0.0.1:" + Ports.free();
  private KubernetesClient admin;

  private ControlPlane(Path folder) {
    this.folder = folder;
  }

  /// One for all tests of this JVM; ends with it.
  public static ControlPlane shared() {
    return Shared.INSTANCE;
  }

  private static final class Shared {
    private static final ControlPlane INSTANCE = made();

    private static ControlPlane made() {
      try {
        ControlPlane made = start(Files.createTempDirectory("newleaf-kube"));
        Runtime.getRuntime().addShutdownHook(new Thread(made::close));
        return made;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// @param folder empty, for data, keys and logs
  public static ControlPlane start(Path folder) {
    ControlPlane made = new ControlPlane(folder);
    try {
      made.begin();
      return made;
    } catch (IOException e) {
      made.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    serviceAccountKey();
    Files.writeString(
        folder.resolve("tokens.csv"),
        adminToken
            + """
            ,admin,admin,"system:masters"
            """);
    String etcd = etcd();
    Program api = api(etcd);
    Path certificate = folder.resolve("apiserver.crt");
    Until.holds("the API server has a key", START, api::words, () -> Files.exists(certificate));
    Files.writeString(folder.resolve("admin.conf"), kubeconfig());
    admin = client(kubeconfig());
    Until.holds("the API server is ready", START, api::words, this::ready);
    run(
        "kube-controller-manager",
        "--kubeconfig=" + folder.resolve("admin.conf"),
        "--service-account-private-key-file=" + folder.resolve("sa.key"),
        "--root-ca-file=" + certificate,
        "--leader-elect=false",
        "--secure-port=0");
    Program scheduler =
        run(
            "kube-scheduler",
            "--kubeconfig=" + folder.resolve("admin.conf"),
            "--leader-elect=false",
            "--secure-port=0");
    Until.holds("the controllers work", START, scheduler::words, this::controlled);
  }

  private String etcd() {
    String url = "http://127.0.0.1:" + Ports.free();
    String peer = "http://127.0.0.1:" + Ports.free();
    run(
        "server", // of etcd
        "--data-dir=" + folder.resolve("etcd"),
        "--listen-client-urls=" + url,
        "--advertise-client-urls=" + url,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        "--unsafe-no-fsync",
        "--log-level=warn");
    return url;
  }

  private Program api(String etcd) {
    return run(
        "kube-apiserver",
        "--etcd-servers=" + etcd,
        "--bind-address=127.0.0.1",
        "--secure-port=" + server.substring(server.lastIndexOf(':') + 1),
        "--cert-dir=" + folder,
        "--authorization-mode=RBAC",
        "--token-auth-file=" + folder.resolve("tokens.csv"),
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + folder.resolve("sa.pub"),
        "--service-account-signing-key-file=" + folder.resolve("sa.key"),
        "--service-cluster-ip-range=10.0.0.0/24",
        "--endpoint-reconciler-type=none",
        "--profiling=false");
  }

  private Program run(String name, String... arguments) {
    Program program = Program.start(folder.resolve(name + ".log"), Peers.binary(name), arguments);
    programs.push(program);
    return program;
  }

  private void serviceAccountKey() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair keys = generator.generateKeyPair();
      Files.writeString(folder.resolve("sa.key"), pem("PRIVATE KEY", keys.getPrivate()));
      Files.writeString(folder.resolve("sa.pub"), pem("PUBLIC KEY", keys.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String kind, Key key) {
    String text = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }

  private boolean ready() {
    try {
      return admin.raw("/readyz").equals("ok");
    } catch (KubernetesClientException _) {
      return false; // not yet
    }
  }

  /// A namespace has its service account, so pods can be made in it.
  private boolean controlled() {
    return admin.serviceAccounts().inNamespace("default").withName("default").get() != null;
  }

  /// Of an administrator who may do everything.
  public String kubeconfig() {
    return kubeconfig(adminToken);
  }

  /// @param token of whoever it is for
  public String kubeconfig(String token) {
    try {
      return """
      apiVersion: v1
      kind: Config
      current-context: real
      clusters: [{name: real, cluster: {server: "%s", certificate-authority-data: %s}}]
      users: [{name: user, user: {token: "%s"}}]
      contexts: [{name: real, context: {cluster: real, user: user}}]
      """
          .formatted(
              server,
              Base64.getEncoder()
                  .encodeToString(Files.readAllBytes(folder.resolve("apiserver.crt"))),
              token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Of the administrator; closed with this.
  public KubernetesClient admin() {
    return admin;
  }

  /// `https://127.0.0.1:port`
  public String server() {
    return server;
  }

  /// The certificate that clients must trust, as PEM.
  public Path serverCa() {
    return folder.resolve("apiserver.crt");
  }

  /// Makes a namespace with a name of its own, and waits until pods can be made in it.
  public String namespace(String prefix) {
    String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    Until.holds(
        "namespace " + name + " has a service account",
        START,
        () -> "",
        () -> admin.serviceAccounts().inNamespace(name).withName("default").get() != null);
    return name;
  }

  static KubernetesClient client(String kubeconfig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig))
        .withHttpClientFactory(new JdkHttpClientFactory())
        .build();
  }

  /// Last started first.
  @Override
  public void close() {
    if (admin != null) {
      admin.close();
    }
    programs.forEach(Program::close);
    programs.clear();
  }
}
