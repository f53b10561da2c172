/// A Kubernetes API with Deployments, Pods and Secrets in this process: the smallest thing on which
/// a real client does what it does in production. Objects, versions, field ownership and roll-outs
/// are as in Kubernetes; a pod's containers are whatever the given `PodRunner` runs. Nothing here
/// knows newleaf's plans, and nothing is shared with the `kube` package but HTTP.
///
/// What newleaf relies on is in `KubeContract`, which a real control plane passes too. Not as the
/// real one, because newleaf needs none of it: there is no RBAC but one administrator, one reader
/// and one who knows names, no `generateName`, no finalizers, no `subPath` mounts, no probes, no
/// `minReadySeconds`, no controller of StatefulSets, DaemonSets, Argo Rollouts and autoscalers
/// (they are kept as they are written), no admission but the checks of the kinds it has, and no
/// scheduler (one node takes every pod).
package newleaf.emulator.cluster;
