package newleaf.journal;

/// What became of a step.
public sealed interface Outcome {
  /// Ends a sentence about the step.
  default String text() {
    return switch (this) {
      case Done _ -> "done";
      case AlreadySo _ -> "was so already";
      case Failed(var why) -> "failed: " + why;
      case Abandoned _ -> "had no effect";
    };
  }

  record Done() implements Outcome {}

  /// The post-condition held before anything was done; it was proven all the same.
  record AlreadySo() implements Outcome {}

  /// @param why one line, without any secret
  record Failed(String why) implements Outcome {}

  /// A step that an earlier run began and that had no effect; planning anew decides.
  record Abandoned() implements Outcome {}
}
