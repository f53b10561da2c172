package newleaf.desired;

import java.util.Optional;
import newleaf.Source;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// Workers that present a leaf.
///
/// @param leaf the name under `leaves:`
/// @param namespace the Temporal namespace they connect to, `<name>.<account>`
/// @param taskQueue the task queue they poll; checked for pollers when given
/// @param place the Secret (`secret: namespace/name`, in `cluster:`) or folder (`directory:`) they
///   load it from
/// @param workload what to restart; empty for workers outside Kubernetes
public record WorkerSpec(
    String name,
    String leaf,
    String namespace,
    Optional<String> taskQueue,
    LeafPlace place,
    Optional<WorkerRef> workload,
    Restart restart,
    Source at) {}
