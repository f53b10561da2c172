/// Kubernetes: leaves in Secrets, workers in Deployments, StatefulSets, DaemonSets and Argo
/// Rollouts. The only package that knows fabric8. It never deletes anything, never touches an
/// object that it was not asked about, and writes by server-side apply or a patch of single fields,
/// so that what others own stays theirs.
package newleaf.kube;
