package newleaf.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/// Virtual time and one baton. Tasks are threads of which exactly one runs: whoever waits looks up
/// what comes next, does it itself when it is an event of the world, and hands the baton on only
/// when it is another task's turn. What happens at one instant happens in the order it was asked
/// for, so that a seed tells one story.
final class Scheduler implements InstantSource {
  /// A thread that waits for its turn.
  static final class Task {
    private final String name;
    private Thread thread;
    private volatile boolean turn;
    private Due due;

    private Task(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final class Due {
    private final Instant at;
    private final long order;
    private final Task task;
    private final Runnable what;
    private boolean cancelled;

    private Due(Instant at, long order, Task task, Runnable what) {
      this.at = at;
      this.order = order;
      this.task = task;
      this.what = what;
    }
  }

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing((Due d) -> d.at).thenComparingLong(d -> d.order));
  private final List<Task> tasks = new ArrayList<>();
  private final Task main = new Task("main");
  private Task current = main;
  private Instant now;
  private long order;
  private boolean halted;
  private long steps;

  /// Made in the thread that drives the simulation.
  Scheduler(Instant start) {
    this.now = start;
    main.thread = Thread.currentThread();
  }

  @Override
  public Instant instant() {
    return now;
  }

  /// How many events and turns there were.
  long steps() {
    return steps;
  }

  void in(Duration delay, Runnable what) {
    queue.add(new Due(now.plus(delay), order++, null, what));
  }

  Task start(String name, Duration delay, Runnable body) {
    Task task = new Task(name);
    task.thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(() -> {
              awaitTurn(task);
              try {
                body.run();
              } finally {
                tasks.remove(task);
                pass(null);
              }
            });
    tasks.add(task);
    wake(task, delay);
    task.thread.start();
    return task;
  }

  private void wake(Task task, Duration delay) {
    if (task.due != null) {
      task.due.cancelled = true;
    }
    task.due = new Due(now.plus(delay), order++, task, null);
    queue.add(task.due);
  }

  Task current() {
    return current;
  }

  /// A sleeping task goes on now.
  void wake(Task task) {
    if (task != current && tasks.contains(task)) {
      wake(task, Duration.ZERO);
    }
  }

  /// The current task waits.
  void sleep(Duration duration) {
    Task me = current;
    wake(me, duration);
    pass(me);
    if (halted && me != main) {
      throw new Killed("the simulation has ended");
    }
  }

  /// Ends all tasks but the main one, which goes on at once.
  void halt() {
    halted = true;
    if (current != main) {
      wake(main, Duration.ZERO);
    }
  }

  boolean halted() {
    return halted;
  }

  /// Until every other task has ended; for the main task.
  void drain() {
    halted = true;
    while (!tasks.isEmpty()) {
      List.copyOf(tasks).forEach(this::wake);
      sleep(Duration.ofMillis(1));
    }
    halted = false;
  }

  private void pass(Task me) {
    while (true) {
      Due next = queue.remove(); // the main task is always there while another one runs
      if (next.cancelled) {
        continue;
      }
      steps++;
      now = next.at.isAfter(now) ? next.at : now;
      if (next.task == null) {
        happen(next.what);
        continue;
      }
      next.task.due = null;
      current = next.task;
      if (next.task != me) {
        next.task.turn = true;
        LockSupport.unpark(next.task.thread);
        if (me != null) {
          awaitTurn(me);
        }
      }
      return;
    }
  }

  private static void happen(Runnable what) {
    try {
      what.run();
    } catch (Killed _) {
      return; // a law was broken; that is written down
    }
  }

  private static void awaitTurn(Task me) {
    boolean interrupted = false;
    while (!me.turn) {
      LockSupport.park(me);
      interrupted |= Thread.interrupted();
    }
    me.turn = false;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
