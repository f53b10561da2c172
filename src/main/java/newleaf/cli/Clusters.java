package newleaf.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.kube.KubeConnection;

/// Finds the cluster as kubectl does: `KUBECONFIG`, then `~/.kube/config`, then the pod this runs
/// in.
record Clusters(Terminal terminal, Optional<String> context) {

  /// Where every pod finds the token of its service account.
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

  boolean configured() {
    return kubeconfig().isPresent() || terminal.variable("KUBERNETES_SERVICE_HOST").isPresent();
  }

  private Optional<Path> kubeconfig() {
    return terminal
        .variable("KUBECONFIG")
        .map(terminal.folder()::resolve)
        .or(() -> terminal.variable("HOME").map(h -> Path.of(h, ".kube", "config")))
        .filter(f -> terminal.variable("KUBECONFIG").isPresent() || Files.exists(f));
  }

  /// @param account the folder with the token
  KubeConnection inPod(String host, Path account) {
    String port = terminal.variable("KUBERNETES_SERVICE_PORT").orElse("443");
    String address = host.contains(":") ? "[" + host + "]" : host; // IPv6
    return KubeConnection.inCluster(
        "https://" + address + ":" + port,
        read(account.resolve("ca.crt")),
        () -> read(account.resolve("token")).strip());
  }

  private static String read(Path file) {
    return TextFile.read(
        file,
        "what the pod's service account signs in with",
        "Set automountServiceAccountToken: true for the pod, or KUBECONFIG.");
  }

  /// A cluster that the YAML names: only a kubeconfig knows names, so a pod is in none of them.
  KubeConnection connectTo(String cluster) {
    return kubeconfig()
        .map(file -> open(file, Optional.of(cluster)))
        .orElseThrow(() ->
            notConfigured(
                "the file speaks of cluster %s, and there is no kubeconfig.".formatted(cluster),
                "Set KUBECONFIG to a kubeconfig file with a context %s.".formatted(cluster)));
  }

  KubeConnection connect() {
    Optional<Path> file = kubeconfig();
    if (file.isPresent()) {
      return open(file.get(), context);
    }
    Optional<String> host = terminal.variable("KUBERNETES_SERVICE_HOST");
    if (host.isPresent()) {
      return inPod(host.get(), terminal.folder().resolve(ACCOUNT));
    }
    throw notConfigured(
        "the file speaks of Secrets or workloads, and no cluster is configured.",
        "Set KUBECONFIG to a kubeconfig file.");
  }

  private static KubeConnection open(Path kubeconfig, Optional<String> context) {
    return KubeConnection.open(
        TextFile.read(
            kubeconfig, "the kubeconfig", "Set KUBECONFIG to a kubeconfig file that is there."),
        context);
  }

  private static NewleafException notConfigured(String what, String next) {
    return new NewleafException(
        new Failure.Misconfigured(new Explanation("NL7004", "KUBECONFIG", what, next)));
  }
}
