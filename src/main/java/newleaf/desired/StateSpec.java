package newleaf.desired;

/// Where journal, snapshot and lock are in a cluster: Secrets and a Lease of that name.
///
/// @param namespace of Kubernetes
public record StateSpec(String namespace, String name) {}
