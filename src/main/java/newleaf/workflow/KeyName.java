package newleaf.workflow;

import newleaf.observed.LeafPlace;

/// Says which private key is meant, for the worker of the cluster that has it. Keys themselves stay
/// there.
public sealed interface KeyName {
  /// Made for a leaf that is not delivered yet.
  ///
  /// @param id random
  /// @param taskQueue of the one process that has it
  record Made(String id, String taskQueue) implements KeyName {}

  /// Of the leaf that lies at a place.
  record Current(LeafPlace place) implements KeyName {}

  /// Of the leaf that lay there before the last delivery.
  record Previous(LeafPlace place) implements KeyName {}

  /// For people.
  default String text() {
    return switch (this) {
      case Made(var id, _) -> "made as " + id;
      case Current(var place) -> "at " + place.address();
      case Previous(var place) -> "before at " + place.address();
    };
  }
}
