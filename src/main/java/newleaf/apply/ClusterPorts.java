package newleaf.apply;

import java.util.Collection;
import java.util.function.Function;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.OtherSecrets;
import newleaf.observed.Workers;

/// All that is done in one Kubernetes cluster. Places and workloads come with the name of the
/// cluster, and the answers keep it.
///
/// @param others by the places of the YAML in the cluster, which are known already
public record ClusterPorts(
    Leaves leaves,
    Workers workers,
    Function<Collection<LeafPlace>, OtherSecrets> others,
    LeafDelivery delivery,
    WorkerRolls rolls) {}
