package newleaf.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import newleaf.apply.Timeline;

/// Waiting takes no time here but moves the clock.
final class FakeTimeline implements Timeline {
  final List<Duration> pauses = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T05:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(duration);
    now = now.plus(duration);
  }
}
