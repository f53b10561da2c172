package newleaf.cli;

import java.util.List;
import java.util.stream.Stream;
import newleaf.Failure;

/// What a caller can tell from the exit status; stable.
public enum ExitCode {
  OK(0),
  ERROR(1),
  /// `plan --detailed-exitcode`: something is due; `drift`: something was changed from outside
  CHANGES(2),
  /// `apply --detailed-exitcode`: the rest waits at a gate
  WAITING(3),
  /// a saved or expected plan is not what would be done now
  STALE(4),
  LOCKED(5),
  /// `apply` stopped after some steps; a rerun goes on
  PARTIAL(6),
  /// a guard, a policy or a missing approval
  REFUSED(7),
  INVALID(8),
  DENIED(9),
  /// `drift --fail-within`: something ends inside that time
  AT_RISK(10),
  USAGE(64),
  /// Ctrl-C
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// Of a run in which several steps failed: the one that most needs a person first (the order is
  /// that of the documented precedence).
  ///
  /// @param someDone a rerun goes on from there
  static ExitCode ofAll(List<Failure> failures, boolean someDone) {
    List<ExitCode> codes = failures.stream().map(f -> ofStep(f, someDone)).toList();
    return Stream.of(INVALID, DENIED, ERROR, REFUSED, STALE, LOCKED, PARTIAL)
        .filter(codes::contains)
        .findFirst()
        .orElse(ERROR);
  }

  private static ExitCode ofStep(Failure failure, boolean someDone) {
    return switch (failure) {
      case Failure.RemoteError _, Failure.Refused _, Failure.Stale _ ->
          someDone ? PARTIAL : of(failure);
      case Failure.InvalidInput _,
          Failure.Misconfigured _,
          Failure.Denied _,
          Failure.LockHeld _,
          Failure.Damaged _,
          Failure.Stopped _ ->
          of(failure);
    };
  }

  static ExitCode of(Failure failure) {
    return switch (failure) {
      case Failure.InvalidInput _, Failure.Misconfigured _ -> INVALID;
      case Failure.Denied _ -> DENIED;
      case Failure.Stale _ -> STALE;
      case Failure.LockHeld _ -> LOCKED;
      case Failure.Refused _ -> REFUSED;
      case Failure.RemoteError _, Failure.Damaged _ -> ERROR;
      case Failure.Stopped _ -> INTERRUPTED;
    };
  }
}
