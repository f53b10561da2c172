package newleaf.apply;

import java.time.Duration;

/// Carries out pieces of work beside each other: threads in a real run, one at a time and in an
/// order of its own in a simulation.
public interface Crew {

  /// Begins a piece of work and returns. What it throws is lost; work catches its own failures.
  void start(Runnable work);

  /// Returns when a piece of work has ended, or somebody called [#wake], since the last call, and
  /// at the latest after `atMost`. Earlier does no harm: whoever waits looks again.
  void await(Duration atMost) throws InterruptedException;

  /// Whoever awaits looks again. From a piece of work that goes on.
  void wake();

  /// Does each piece of work at once, in the thread that starts it.
  static Crew alone(Timeline time) {
    return new Crew() {
      @Override
      public void start(Runnable work) {
        work.run();
      }

      @Override
      public void await(Duration atMost) throws InterruptedException {
        time.pause(atMost);
      }

      @Override
      public void wake() {
        // nobody awaits while a piece of work runs
      }
    };
  }
}
