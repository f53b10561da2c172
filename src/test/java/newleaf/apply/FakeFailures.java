package newleaf.apply;

import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// What ports throw, in the words of nobody in particular.
final class FakeFailures {
  private FakeFailures() {}

  static NewleafException remote(String where, String what) {
    return new NewleafException(new Failure.RemoteError(text(where, what)));
  }

  static NewleafException stale(String where, String what) {
    return new NewleafException(new Failure.Stale(text(where, what)));
  }

  static NewleafException refused(String where, String what) {
    return new NewleafException(new Failure.Refused(text(where, what)));
  }

  private static Explanation text(String where, String what) {
    return new Explanation("NL9999", where, what, "Run the test again.");
  }
}
