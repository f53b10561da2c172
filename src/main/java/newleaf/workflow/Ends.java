package newleaf.workflow;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// Failures on their way through Temporal: what kind, and the words for a person. They stay in
/// histories, so no stack and no cause goes along.
final class Ends {
  private Ends() {}

  /// Of an activity: what may pass by itself is tried again.
  static ApplicationFailure of(NewleafException e) {
    Failure failure = e.failure();
    return mayPass(failure)
        ? ApplicationFailure.newFailure(failure.line(), kind(failure.getClass()), failure)
        : forGood(e);
  }

  private static String kind(Class<? extends Failure> failure) {
    return failure.getSimpleName();
  }

  private static boolean mayPass(Failure failure) {
    return switch (failure) {
      case Failure.RemoteError _, Failure.LockHeld _, Failure.Stopped _ -> true;
      case Failure.InvalidInput _,
          Failure.Misconfigured _,
          Failure.Denied _,
          Failure.Stale _,
          Failure.Refused _,
          Failure.Damaged _ ->
          false;
    };
  }

  /// Of an activity that is not worth another try, though what it is for may be.
  static ApplicationFailure forGood(NewleafException e) {
    Failure failure = e.failure();
    return ApplicationFailure.newNonRetryableFailure(
        failure.line(), kind(failure.getClass()), failure);
  }

  /// A mistake of ours, without the words of the exception, which may hold anything.
  static ApplicationFailure ofBug(Exception bug) {
    StackTraceElement[] where = bug.getStackTrace();
    String what = bug.getClass().getName() + (where.length == 0 ? "" : " at " + where[0]);
    return ApplicationFailure.newNonRetryableFailure("a mistake in newleaf: " + what, "Bug");
  }

  /// What an activity failed with, as the failure of the workflow.
  static TemporalFailure ofWorkflow(TemporalFailure failure) {
    return failure instanceof ActivityFailure activity
            && activity.getCause() instanceof ApplicationFailure why
        ? words(why)
            .map(known -> forGood(new NewleafException(known)))
            .orElseGet(() ->
                ApplicationFailure.newNonRetryableFailure(why.getOriginalMessage(), why.getType()))
        : failure;
  }

  static boolean isStale(TemporalFailure failure) {
    return failure.getCause() instanceof ApplicationFailure why
        && why.getType().equals(kind(Failure.Stale.class));
  }

  /// What newleaf has to say of it, if that is where it comes from.
  static Optional<Failure> words(ApplicationFailure failure) {
    return failure.getDetails().getSize() == 0
        ? Optional.empty()
        : Optional.of(failure.getDetails().get(Failure.class));
  }

  static ApplicationFailure moving(String share) {
    return of(
        new NewleafException(
            new Failure.Stale(
                new Explanation(
                    "NL5301",
                    share,
                    "is changed by somebody else all the time: what was planned did not hold when"
                        + " it was to be done, several times in a row.",
                    "Find out who does that (newleaf drift), then run: newleaf apply --on"
                        + " temporal"))));
  }
}
