package newleaf.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import newleaf.apply.Timeline;

/// Real time.
record SystemTimeline(InstantSource clock) implements Timeline {
  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }
}
