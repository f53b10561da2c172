package newleaf.apply;

/// How much of a plan is carried out at once, and what one failed step means for the others.
///
/// @param atOnce steps under way at the same time, at least 1
public record Pace(int atOnce, OnFailure onFailure) {

  /// The service takes 10 asynchronous operations of one account at a time (documented limit).
  static final int OPERATIONS = 10;

  /// Roll-outs take minutes and load nobody's limits, so there may be more steps than operations.
  public static final Pace DEFAULT = new Pace(20, OnFailure.STOP);

  public enum OnFailure {
    /// What is under way ends, nothing else begins.
    STOP,
    /// Steps that do not need the failed one, and touch nothing that it touches, go on.
    CONTINUE_INDEPENDENT
  }

  public Pace {
    if (atOnce < 1) {
      throw new IllegalArgumentException("at least one step at once");
    }
  }

  /// How many steps that change a namespace may be begun before any other step, however long the
  /// chain behind that: the service's places for operations are few, and a thousand namespaces need
  /// one each. A quarter of the steps at once is for the others in any case; and with no more steps
  /// at once than the service takes operations, no place is scarce.
  int changing() {
    return atOnce > OPERATIONS ? atOnce - atOnce / 4 : 0;
  }
}
