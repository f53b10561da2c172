package newleaf.apply;

import newleaf.observed.Cas;
import newleaf.observed.Leaves;
import newleaf.observed.Namespaces;

/// All that carrying out a plan touches.
public record Ports(
    Namespaces namespaces,
    NamespaceUpdates updates,
    Cas cas,
    CaKeys caKeys,
    Leaves leaves,
    LeafDelivery delivery,
    WorkerRolls rolls,
    Prover prover,
    Timeline time) {}
