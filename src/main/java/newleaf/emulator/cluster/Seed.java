package newleaf.emulator.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafPair;

/// Creates what a demonstration begins with, written under the name `kubectl-create`.
public final class Seed {
  private static final WriteOptions WRITER = new WriteOptions("kubectl-create", false, false);

  /// Shortened, from 600.
  private static final long PROGRESS_DEADLINE_SECONDS = 60;

  private final Resources resources;

  Seed(Resources resources) {
    this.resources = resources;
  }

  /// A Deployment of one container.
  ///
  /// @param secret mounted as the volume `tls`
  public record Workload(
      String namespace, String name, int replicas, String secret, Map<String, String> env) {
    public Workload {
      env = Map.copyOf(env);
    }
  }

  public void namespace(String name) {
    resources.create(new Key(Kind.NAMESPACE, "", name), Doc.EMPTY, WRITER);
  }

  /// As `kubectl create secret tls`.
  public void tlsSecret(String namespace, String name, HeldCertificate leaf) {
    Doc secret =
        Doc.of("type", "kubernetes.io/tls")
            .with(base64(LeafPair.certificatesOf(leaf)), "data", "tls.crt")
            .with(base64(LeafPair.keyOf(leaf)), "data", "tls.key");
    resources.create(new Key(Kind.SECRET, namespace, name), secret, WRITER);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  public void deployment(Workload workload) {
    Doc labels = Doc.of("app", workload.name());
    List<Doc> env = new ArrayList<>();
    workload.env().forEach((n, value) -> env.add(Doc.of("name", n).with(value, "value")));
    Doc mount = Doc.of("name", "tls").with("/etc/temporal/tls", "mountPath");
    Doc container =
        Doc.of("name", "worker")
            .with("worker", "image")
            .with(env, "env")
            .with(List.of(mount), "volumeMounts");
    Doc volume = Doc.of("name", "tls").with(workload.secret(), "secret", "secretName");
    Doc deployment =
        Doc.of("spec", Doc.of("replicas", (long) workload.replicas()))
            .with(PROGRESS_DEADLINE_SECONDS, "spec", "progressDeadlineSeconds")
            .with(labels, "spec", "selector", "matchLabels")
            .with(labels, "spec", "template", "metadata", "labels")
            .with(List.of(container), "spec", "template", "spec", "containers")
            .with(List.of(volume), "spec", "template", "spec", "volumes");
    Key key = new Key(Kind.DEPLOYMENT, workload.namespace(), workload.name());
    resources.create(key, deployment, WRITER);
  }
}
