package newleaf.apply;

import java.util.function.Consumer;

/// The place of a step among the operations that the service takes at a time. It begins with one,
/// if it is to change a namespace, and gives it back once its operation has ended: proving needs
/// none. Only the step itself knows it.
final class OperationSlot {
  private final Consumer<Boolean> told;
  private boolean held;

  /// @param held whether there is one from the beginning
  /// @param told whenever there is one, or none any more
  OperationSlot(boolean held, Consumer<Boolean> told) {
    this.held = held;
    this.told = told;
  }

  /// For whoever nobody counts.
  static OperationSlot uncounted() {
    return new OperationSlot(false, _ -> {});
  }

  /// Another operation after the first, perhaps one more than the service takes. Not waited for:
  /// whoever puts a CA back, or decides anew, is in a hurry. The service itself then says no until
  /// there is room, and nobody else begins before.
  void take() {
    set(true);
  }

  /// The operation has ended.
  void free() {
    set(false);
  }

  private void set(boolean now) {
    if (held != now) {
      held = now;
      told.accept(now);
    }
  }
}
