package newleaf.apply;

/// Changes who a namespace accepts, as one read-modify-write of the whole spec.
public interface NamespaceUpdates {

  /// Sends the change and waits until its asynchronous operation is FULFILLED. Nothing but mTLS
  /// trust and filters is touched. A namespace that already is as wanted is success. Adding to a
  /// namespace with mTLS off turns it on.
  ///
  /// @param expectedVersion the resource version that the change was decided on (compare-and-set)
  /// @param operation sent as `async_operation_id`; a retry of the same call uses the same one
  /// @param onOperation called once the service has accepted it, before waiting
  /// @throws newleaf.NewleafException Stale when the version moved; RemoteError with the service's
  ///   own words when the operation FAILED, was CANCELLED or REJECTED, or did not end in time;
  ///   Denied
  void update(
      String namespace,
      String expectedVersion,
      TrustChange change,
      OperationId operation,
      Runnable onOperation);

  /// Waits for an operation that an earlier run may have sent.
  Settled settle(String namespace, OperationId operation);

  /// What became of an operation.
  enum Settled {
    FULFILLED,
    /// FAILED, CANCELLED or REJECTED: it had no effect
    REFUSED,
    /// the service does not know it: the call never arrived
    UNKNOWN
  }
}
