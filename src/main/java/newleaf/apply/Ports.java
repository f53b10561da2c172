package newleaf.apply;

import newleaf.observed.Cas;
import newleaf.observed.Leaves;
import newleaf.observed.Namespaces;
import newleaf.observed.OtherSecrets;

/// All that carrying out a plan touches.
public record Ports(
    Namespaces namespaces,
    NamespaceUpdates updates,
    Cas cas,
    CaKeys caKeys,
    Leaves leaves,
    OtherSecrets others,
    LeafDelivery delivery,
    WorkerRolls rolls,
    Prover prover,
    Timeline time) {}
