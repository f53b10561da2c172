package newleaf.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import newleaf.apply.Timeline;

/// Real time, and waits that end when the run is to end.
record SystemTimeline(InstantSource clock, StopSignal stop) implements Timeline {
  SystemTimeline(InstantSource clock) {
    this(clock, new StopSignal());
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    if (stop.await(duration)) {
      throw new InterruptedException("the run is to end");
    }
  }
}
