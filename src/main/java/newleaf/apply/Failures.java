package newleaf.apply;

import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// The failures of carrying out steps, all in one place so that they read alike.
final class Failures {
  private static final String AGAIN = "Run: newleaf apply";

  private Failures() {}

  static NewleafException notProven(String where, String what, String last) {
    return refused(
        "NL5101",
        where,
        what + " could not be proven in time; the last answer was: " + last + ".",
        "Nothing is retired before it is. " + AGAIN);
  }

  static NewleafException stuck(String where, String why) {
    return refused(
        "NL5102",
        where,
        "the roll-out does not complete: " + why + ". Old and new leaves stay accepted.",
        "Repair the workload, then run: newleaf apply");
  }

  static NewleafException takenBack(String where) {
    return refused(
        "NL5108",
        where,
        "somebody put its pod template back, so no pod was restarted. Old and new leaves stay"
            + " accepted.",
        "Let its owner (GitOps, an operator) keep the annotation newleaf.dev/leaf, then run: newleaf"
            + " apply");
  }

  static NewleafException notPolling(String where, String what) {
    return refused(
        "NL5103",
        where,
        what + ". Old and new leaves stay accepted.",
        "Look at the workers' logs, then run: newleaf apply");
  }

  static NewleafException stillInUse(String where, String what) {
    return refused("NL5104", where, what + "; its CA is kept.", "Run: newleaf plan");
  }

  static NewleafException putBack(String where, String why) {
    return refused(
        "NL5105",
        where,
        "the old CA was removed and has been put back, because " + why + ".",
        "Look at the workers' logs, then run: newleaf plan");
  }

  static NewleafException moved(String where, String what) {
    return new NewleafException(
        new Failure.Stale(new Explanation("NL5106", where, what, "Run: newleaf plan")));
  }

  static NewleafException interrupted(String where) {
    return new NewleafException(
        new Failure.Stopped(
            new Explanation(
                "NL5107", where, "was interrupted; what was done is journalled.", AGAIN)));
  }

  private static NewleafException refused(String code, String where, String what, String next) {
    return new NewleafException(new Failure.Refused(new Explanation(code, where, what, next)));
  }
}
