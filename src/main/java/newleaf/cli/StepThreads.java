package newleaf.cli;

import java.time.Duration;
import newleaf.apply.Crew;

/// A virtual thread for each step that is under way.
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
        Thread.startVirtualThread(() -> {
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
