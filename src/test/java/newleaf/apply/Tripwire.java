package newleaf.apply;

import java.util.ArrayList;
import java.util.List;

/// Ends a run at one of its moments as `kill -9` would: nothing of it runs afterwards.
final class Tripwire {
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String where) {
      super(where);
    }
  }

  /// All moments passed so far; a run that is never killed counts them.
  final List<String> moments = new ArrayList<>();

  private final int fatal;

  /// @param fatal which moment kills, counted from 1; 0 for none
  Tripwire(int fatal) {
    this.fatal = fatal;
  }

  void moment(String what) {
    moments.add(what);
    if (fatal > 0 && moments.size() >= fatal) {
      throw new Killed(what);
    }
  }

  /// Dies before or after the act, but never in the middle of it.
  void around(String what, Runnable act) {
    moment("before " + what);
    act.run();
    moment("after " + what);
  }
}
