package newleaf.apply;

/// The `async_operation_id` that newleaf chooses before a call, so that a retry is the same
/// operation.
public record OperationId(String value) {
  /// Of the operation that takes this one back.
  OperationId undo() {
    return new OperationId(value + "-undo");
  }
}
