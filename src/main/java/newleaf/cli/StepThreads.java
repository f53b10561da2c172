package newleaf.cli;

import java.time.Duration;
import newleaf.apply.Crew;

/// A virtual thread for each step that is under way.
final class StepThreads implements Crew {
  private final StopSignal stop;
  private int ended;
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
            ended();
          }
        });
  }

  private synchronized void ended() {
    ended++;
    notifyAll();
  }

  private synchronized void wake() {
    notifyAll();
  }

  @Override
  public synchronized void await(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (ended == 0) {
      if (stop.asked() && !told) {
        told = true;
        throw new InterruptedException("the run is to end");
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
    ended = 0;
  }
}
