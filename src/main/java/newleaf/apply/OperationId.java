package newleaf.apply;

/// The `async_operation_id` that newleaf chooses before a call, so that a retry is the same
/// operation.
public record OperationId(String value) {
  /// Of the operation that takes this one back.
  ///
  /// @param tries how often that is tried, with this one
  OperationId undo(int tries) {
    return new OperationId(value + "-undo" + (tries == 1 ? "" : "-" + tries));
  }
}
