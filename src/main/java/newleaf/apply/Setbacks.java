package newleaf.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Ending.Failed;
import newleaf.plan.Step;

/// What went wrong so far: steps that failed, and what ends the run, which is not before the steps
/// that are under way have ended.
final class Setbacks {
  private final List<Failed> failed = new ArrayList<>();
  private Optional<Throwable> ending = Optional.empty();

  void of(Step step, Throwable failure) {
    if (failure instanceof NewleafException e && !endsTheRun(e.failure())) {
      failed.add(new Failed(step, e.failure()));
    } else {
      endTheRun(failure);
    }
  }

  /// What ended it first is what is told.
  void endTheRun(Throwable why) {
    ending = ending.or(() -> Optional.of(why));
  }

  boolean runEnds() {
    return ending.isPresent();
  }

  /// In the order in which they came.
  List<Failed> failed() {
    return failed;
  }

  /// After these nothing more may be begun, whatever else there is to do.
  static boolean endsTheRun(Failure failure) {
    return switch (failure) {
      case Failure.Stopped _, Failure.LockHeld _, Failure.Damaged _ -> true;
      case Failure.Refused _,
          Failure.Stale _,
          Failure.Misconfigured _,
          Failure.InvalidInput _,
          Failure.RemoteError _,
          Failure.Denied _ ->
          false;
    };
  }

  /// @throws RuntimeException what ends the run, if anything does
  void throwIfRunEnds() {
    switch (ending.orElse(null)) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable other -> throw new IllegalStateException(other);
    }
  }
}
