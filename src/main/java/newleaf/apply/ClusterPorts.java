package newleaf.apply;

import newleaf.observed.Leaves;
import newleaf.observed.OtherSecrets;
import newleaf.observed.Workers;

/// All that is done in one Kubernetes cluster. Places and workloads come with the name of the
/// cluster, and the answers keep it.
public record ClusterPorts(
    Leaves leaves,
    Workers workers,
    OtherSecrets others,
    LeafDelivery delivery,
    WorkerRolls rolls) {}
