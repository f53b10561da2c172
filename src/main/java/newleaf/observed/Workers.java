package newleaf.observed;

import java.util.Collection;
import java.util.List;

/// Reads workloads and their pods.
@FunctionalInterface
public interface Workers {
  /// What to look at: a workload, and the Secret that it should mount.
  record Question(WorkerRef worker, LeafPlace leaf) {}

  /// One answer for each question, also for a workload that does not exist.
  ///
  /// @throws newleaf.NewleafException Denied or RemoteError
  List<ObservedWorker> read(Collection<Question> questions);
}
