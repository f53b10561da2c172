package newleaf.report;

import java.util.List;
import newleaf.Explanation;
import newleaf.Failure;

/// A failure in its parts, for whoever shows them apart.
final class Explained {
  private Explained() {}

  static List<Explanation> of(Failure failure) {
    return switch (failure) {
      case Failure.InvalidInput(var problems) ->
          problems.stream()
              .map(p -> new Explanation(p.code(), p.where().toString(), p.what(), p.fix()))
              .toList();
      case Failure.Misconfigured(var text) -> List.of(text);
      case Failure.Denied(var text) -> List.of(text);
      case Failure.Stale(var text) -> List.of(text);
      case Failure.LockHeld(var text) -> List.of(text);
      case Failure.Refused(var text) -> List.of(text);
      case Failure.RemoteError(var text) -> List.of(text);
      case Failure.Damaged(var text) -> List.of(text);
      case Failure.Stopped(var text) -> List.of(text);
    };
  }
}
