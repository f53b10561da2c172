package newleaf.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What Ctrl-C or SIGTERM do to an apply: nothing more is begun, calls under way end or stay open
/// in the journal, the lock is released, and a person reads how to go on. The JVM then ends with
/// 130 or 143.
final class StopNotice implements AutoCloseable {
  /// A call has a deadline of 30 s; whoever wants it sooner can kill, which is safe too.
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Terminal terminal;
  private final String file;
  private final StopSignal stop;
  private final Thread hook;

  private StopNotice(Terminal terminal, String file, StopSignal stop) {
    this.terminal = terminal;
    this.file = file;
    this.stop = stop;
    this.hook = new Thread(this::stopping);
  }

  static StopNotice during(Terminal terminal, String file, StopSignal stop) {
    StopNotice notice = new StopNotice(terminal, file, stop);
    Runtime.getRuntime().addShutdownHook(notice.hook);
    return notice;
  }

  private void stopping() {
    say("Stopping: what is under way ends or is left to the next run.");
    stop.ask();
    if (awaitEnd()) {
      say("Stopped. What was done is in the journal; go on with: newleaf apply -f " + file);
    } else {
      say(
          "A call has not ended in %d s. Stopped. The journal knows it; go on with: newleaf apply -f %s"
              .formatted(PATIENCE.toSeconds(), file));
    }
  }

  private boolean awaitEnd() {
    try {
      return ended.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      return false; // nobody interrupts a shutdown hook
    }
  }

  private void say(String line) {
    terminal.err().println(line);
    terminal.err().flush();
  }

  /// The run has ended and released its lock.
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      return; // already stopping: the notice is being printed
    }
  }
}
