package newleaf.apply;

import newleaf.cert.Fingerprint;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;

/// Restarts workloads so that they load a new leaf. Each call only starts something; the caller
/// watches.
public interface WorkerRolls {

  /// Rolling update: sets the pod template annotation `newleaf.dev/leaf` to the leaf's fingerprint.
  /// The same fingerprint again changes nothing.
  void roll(WorkerRef worker, Fingerprint leaf);

  /// As the runbook does: to 0 replicas (the count is kept in the annotation `newleaf.dev/replicas`
  /// first) with the leaf annotation set.
  void scaleToZero(WorkerRef worker, Fingerprint leaf);

  /// Back to the replica count kept by `scaleToZero`; nothing to do when there is none.
  void scaleBack(WorkerRef worker);

  /// A fresh look.
  ObservedWorker look(WorkerRef worker, LeafPlace leaf);
}
