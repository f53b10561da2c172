package newleaf.apply;

import java.time.Duration;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A crew on virtual time: each piece of work has a thread of its own, of which one runs at a time,
/// and none runs while time moves on. So what happens, and when, is the same each time.
final class FakeHands implements Crew {
  private final FakeTime time;
  private final Thread foreman = Thread.currentThread();
  private final Exchanger<String> atForeman = new Exchanger<>();
  private boolean news;

  /// Made in the thread that drives the course.
  FakeHands(FakeTime time) {
    this.time = time;
    time.waitBy(this::pause);
  }

  @Override
  public void start(Runnable work) {
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                work.run();
              } finally {
                wake();
                meet(atForeman);
              }
            });
    meet(atForeman);
  }

  private void pause(Duration duration) {
    if (Thread.currentThread() == foreman) {
      time.advanceTo(time.instant().plus(duration));
      return;
    }
    Exchanger<String> turn = new Exchanger<>();
    time.in(
        duration,
        () -> {
          meet(turn);
          meet(atForeman);
        });
    meet(atForeman);
    meet(turn);
  }

  private static void meet(Exchanger<String> where) {
    try {
      where.exchange("", 60, TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void await(Duration atMost) {
    time.advanceTo(time.instant().plus(atMost), () -> news);
    news = false;
  }

  @Override
  public void wake() {
    news = true;
  }
}
