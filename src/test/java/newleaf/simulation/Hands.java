package newleaf.simulation;

import java.time.Duration;
import newleaf.apply.Crew;

/// Steps under way together, each a task of its own that dies with its process.
final class Hands implements Crew {
  private final Scheduler scheduler;
  private final Life life;
  private final Scheduler.Task foreman;
  private int started;
  private boolean news;

  /// Made in the task that waits for the others.
  Hands(Scheduler scheduler, Life life) {
    this.scheduler = scheduler;
    this.life = life;
    this.foreman = scheduler.current();
  }

  @Override
  public void start(Runnable work) {
    Scheduler.Task _ =
        scheduler.start(
            life + " hand " + ++started,
            Duration.ZERO,
            () -> {
              try {
                work.run();
              } catch (Killed _) {
                return; // the foreman finds out by himself
              } finally {
                wake();
              }
            });
  }

  @Override
  public void await(Duration atMost) {
    if (!news) {
      life.sleep(atMost);
    }
    news = false;
  }

  @Override
  public void wake() {
    news = true;
    scheduler.wake(foreman);
  }
}
