package newleaf.workflow;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import newleaf.plan.Plan;

/// Planning looks at the whole world, and many rotations want a plan at once: whoever comes while
/// one is made gets the next one, together with everybody else who came meanwhile. So each plan is
/// of a world that was looked at after it was asked for.
final class Plans {
  private final ReentrantLock planning = new ReentrantLock(true);
  private Next next = new Next();

  private static final class Next {
    private Plan made;
  }

  Plan of(Supplier<Plan> planner) {
    Next mine = joined();
    planning.lock();
    try {
      if (mine.made == null) {
        begun(mine);
        mine.made = planner.get();
      }
      return mine.made;
    } finally {
      planning.unlock();
    }
  }

  private synchronized Next joined() {
    return next;
  }

  /// Whoever comes from now on waits for the one after.
  private synchronized void begun(Next one) {
    if (next == one) {
      next = new Next();
    }
  }
}
