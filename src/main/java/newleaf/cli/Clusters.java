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

  KubeConnection connect() {
    Optional<Path> file = kubeconfig();
    if (file.isPresent()) {
      return KubeConnection.open(
          TextFile.read(
              file.get(), "the kubeconfig", "Set KUBECONFIG to a kubeconfig file that is there."),
          context);
    }
    if (terminal.variable("KUBERNETES_SERVICE_HOST").isPresent()) {
      return KubeConnection.inCluster();
    }
    throw new NewleafException(
        new Failure.Misconfigured(
            new Explanation(
                "NL7004",
                "KUBECONFIG",
                "the file speaks of Secrets or workloads, and no cluster is configured.",
                "Set KUBECONFIG to a kubeconfig file.")));
  }
}
