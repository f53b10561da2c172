package newleaf.emulator.cluster;

/// Runs what is in a pod; the container runtime of this cluster. Called on virtual threads.
@FunctionalInterface
public interface PodRunner {
  /// Starts a pod. It need not be ready when this returns. What this throws makes the container
  /// crash.
  RunningPod start(PodSpecification spec);
}
