package newleaf.cli;

import java.time.Duration;
import newleaf.apply.Crew;

/// A thread for each step that is under way. Not a virtual one: deriving keys from passphrases
/// keeps processors busy for seconds, and the steps beside that would not get their turn.
final class StepThreads implements Crew {
  private final StopSignal stop;
  private boolean news;
  private boolean told;

  StepThreads(StopSignal stop) {
    this.stop = stop;
    stop.whenAsked(this::wake);
  }

  @Override
  public void start(Runnable work) {
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .name("newleaf-step")
            .start(() -> {
              try {
                work.run();
              } finally {
                wake();
              }
            });
  }

  @Override
  public synchronized void wake() {
    news = true;
    notifyAll();
  }

  @Override
  public synchronized void await(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    endIfAsked();
    long left = atMost.toMillis();
    while (!news && left > 0) {
      wait(left);
      endIfAsked();
      left = (end - System.nanoTime()) / 1_000_000;
    }
    news = false;
  }

  private void endIfAsked() throws InterruptedException {
    if (stop.asked() && !told) {
      told = true;
      throw new InterruptedException("the run is to end");
    }
  }
}
