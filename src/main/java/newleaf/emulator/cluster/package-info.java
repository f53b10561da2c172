/// A Kubernetes API with Deployments, Pods and Secrets in this process: the smallest thing on which
/// a real client does what it does in production. Objects, versions, field ownership and roll-outs
/// are as in Kubernetes; a pod's containers are whatever the given `PodRunner` runs. Nothing here
/// knows newleaf's plans, and nothing is shared with the `kube` package but HTTP.
package newleaf.emulator.cluster;
