package newleaf.apply;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import newleaf.NewleafException;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.Outcome;
import newleaf.plan.Step;

/// A run whose steps come from outside, one by one and several at once, because an engine knows
/// what is next. Those that meet wait for each other here, and so does an operation more than the
/// service takes. All of them are in one process: the one that holds the lock.
public final class SharedRun {
  private final Journal journal;
  private final Attempts attempts;
  private final ClaimTable claims = new ClaimTable();

  /// Ids of tries that are under way here.
  private final Set<String> running = new HashSet<>();

  private int operating;
  private int arrived;

  public SharedRun(Ports ports, Journal journal) {
    this.journal = journal;
    this.attempts = new Attempts(ports, journal);
  }

  /// Looks after what an earlier try began in the same place, then carries out the step.
  ///
  /// @param attempt of this try, new in the journal: letters, digits and hyphens
  /// @throws NewleafException why it failed; the journal knows whether it has ended
  /// @throws InterruptedException while waiting for others; nothing was begun
  public Outcome carryOut(String attempt, Step step, Consumer<ApplyEvent> events)
      throws InterruptedException {
    Claims wanted = Claims.of(step.action());
    resume(begun -> Claims.of(begun.step().action()).collidesWith(wanted), events);
    boolean operation = Course.isOperation(step);
    enter(attempt, wanted, operation);
    OperationSlot slot = new OperationSlot(operation, this::operates);
    try {
      return attempts.carryOut(attempt, step, slot, events);
    } finally {
      slot.free();
      leave(attempt, wanted);
    }
  }

  /// Looks after steps that were begun and not ended, and that nobody is at.
  ///
  /// @throws NewleafException of the first that failed
  public void resume(Predicate<Entry.Begun> which, Consumer<ApplyEvent> events)
      throws InterruptedException {
    for (Entry.Begun begun : orphans()) {
      if (which.test(begun)) {
        resume(begun, events);
      }
    }
  }

  private void resume(Entry.Begun begun, Consumer<ApplyEvent> events) throws InterruptedException {
    Claims wanted = Claims.of(begun.step().action());
    enter(begun.attempt(), wanted, false);
    try {
      if (journal.unfinished().contains(begun)) { // nobody looked after it while this one waited
        Outcome _ = attempts.resume(begun, events);
      }
    } finally {
      leave(begun.attempt(), wanted);
    }
  }

  private synchronized List<Entry.Begun> orphans() {
    return journal.unfinished().stream().filter(b -> !running.contains(b.attempt())).toList();
  }

  private synchronized void enter(String attempt, Claims wanted, boolean operation)
      throws InterruptedException {
    int rank = arrived++;
    claims.reserve(wanted, rank);
    try {
      while (claims.inTheWay(wanted, rank).isPresent()
          || operation && operating >= Pace.OPERATIONS) {
        wait();
      }
    } finally {
      claims.withdraw(wanted, rank);
      notifyAll();
    }
    claims.take(wanted);
    running.add(attempt);
    if (operation) {
      operating++;
    }
  }

  private synchronized void operates(boolean held) {
    operating += held ? 1 : -1;
    notifyAll();
  }

  private synchronized void leave(String attempt, Claims wanted) {
    claims.release(wanted);
    running.remove(attempt);
    notifyAll();
  }
}
