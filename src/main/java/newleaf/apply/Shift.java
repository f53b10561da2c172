package newleaf.apply;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// A crew at work for one thread, which alone knows how things stand: whatever the others have to
/// say is said there.
final class Shift {
  private static final Duration LONG = Duration.ofHours(1);

  private final Crew crew;
  private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();

  Shift(Crew crew) {
    this.crew = crew;
  }

  /// Whatever happens, the end of the work is told.
  void start(Runnable work, Consumer<Optional<Throwable>> ended) {
    crew.start(() -> carryOut(work, ended));
  }

  private void carryOut(Runnable work, Consumer<Optional<Throwable>> ended) {
    Optional<Throwable> failure = Optional.of(new IllegalStateException("a step was torn off"));
    try {
      work.run();
      failure = Optional.empty();
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    } finally {
      Optional<Throwable> end = failure;
      news.add(() -> ended.accept(end));
    }
  }

  /// From a piece of work that goes on.
  void tell(Runnable what) {
    news.add(what);
    crew.wake();
  }

  void listen() {
    for (Runnable one = news.poll(); one != null; one = news.poll()) {
      one.run();
    }
  }

  /// Until there is something to listen to, or for so long.
  ///
  /// @return what ends the run, when it is to end
  Optional<Throwable> await(Optional<Duration> atMost) {
    if (!isQuiet()) {
      return Optional.empty();
    }
    try {
      crew.await(atMost.orElse(LONG));
      return Optional.empty();
    } catch (InterruptedException _) {
      return Optional.of(Failures.interrupted("apply"));
    }
  }

  boolean isQuiet() {
    return news.isEmpty();
  }
}
