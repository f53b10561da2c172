package newleaf.workflow;

import java.util.function.Supplier;
import newleaf.apply.ClusterPorts;
import newleaf.apply.Prover;

/// What the worker of a cluster works with.
///
/// @param cluster as the YAML names it
/// @param scope what the file names of it now
/// @param prover connects to namespaces from there
public record ClusterSite(
    String cluster, Supplier<ClusterScope> scope, ClusterPorts ports, Prover prover) {}
