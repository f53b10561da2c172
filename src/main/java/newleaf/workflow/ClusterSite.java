package newleaf.workflow;

import newleaf.apply.ClusterPorts;
import newleaf.apply.Prover;

/// What the worker of a cluster works with.
///
/// @param cluster as the YAML names it
/// @param prover connects to namespaces from there
public record ClusterSite(String cluster, ClusterPorts ports, Prover prover) {}
