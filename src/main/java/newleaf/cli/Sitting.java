package newleaf.cli;

import newleaf.apply.SharedRun;
import newleaf.desired.Desired;
import newleaf.journal.Journal;
import newleaf.observed.Observed;
import newleaf.plan.Plan;
import newleaf.workflow.RemoteClusters;
import newleaf.workflow.Runs;

/// One hold of the lock by a worker, with all that is open meanwhile.
final class Sitting implements AutoCloseable {
  private final Session session;
  private final StateLock lock;
  private final Wiring wiring;
  private final Journal journal;
  private final Memory memory;
  private final SharedRun shared;

  /// Somebody else has the lock.
  private volatile boolean lost;

  private Sitting(Session session, StateLock lock, Wiring wiring, Journal journal, Memory memory) {
    this.session = session;
    this.lock = lock;
    this.wiring = wiring;
    this.journal = journal;
    this.memory = memory;
    this.shared = new SharedRun(wiring.ports(), journal);
  }

  /// @throws newleaf.NewleafException LockHeld when somebody else works on the state
  static Sitting at(
      Terminal terminal,
      Inputs inputs,
      Desired desired,
      Wiring.Limits limits,
      RemoteClusters remote) {
    Session session =
        new Session(terminal, desired, inputs.base(terminal), inputs.state(terminal, desired));
    try {
      return at(session, limits, remote);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static Sitting at(Session session, Wiring.Limits limits, RemoteClusters remote) {
    StateLock lock =
        StateLock.take(
            session.terminal(), session.state(), "worker of " + session.desired().file());
    try {
      return at(session, lock, limits, remote);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Sitting at(
      Session session, StateLock lock, Wiring.Limits limits, RemoteClusters remote) {
    Terminal terminal = session.terminal();
    Journal journal = session.state().journal(terminal.clock(), lock.lock());
    Memory memory = Memory.open(terminal, session.desired(), session.state(), journal);
    Wiring wiring =
        new Wiring(terminal, session.desired(), session.base(), limits, lock.lock(), remote);
    return new Sitting(session, lock, wiring, journal, memory);
  }

  Desired desired() {
    return session.desired();
  }

  boolean isOf(Desired desired) {
    return !lost && session.desired().digest().equals(desired.digest());
  }

  void lose() {
    lost = true;
  }

  Runs.Open open() {
    return new Runs.Open(shared, journal, session.state().documents(), wiring.time(), this::plan);
  }

  /// One at a time.
  private Plan plan() {
    Observed observed = session.observe(wiring.observer(), journal);
    memory.keep(observed, journal);
    return session.plan(observed, observed.at());
  }

  @Override
  public void close() {
    try (session;
        lock;
        wiring) {
      if (!lost) {
        Memory.tidy(session.terminal(), session.state(), journal);
      }
    }
  }
}
