package newleaf.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RequestRateTest {
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

  private final RequestRate rate = new RequestRate(10);

  private Instant take(Instant now) {
    return now.plus(rate.reserve(now));
  }

  private void takeAll(Instant now) {
    for (int i = 0; i < 10; i++) {
      assertThat(rate.reserve(now)).as("request %d", i).isEqualTo(Duration.ZERO);
    }
  }

  @Test
  void secondsWorthMayGoAtOnceAndTheRestAtTheRate() {
    takeAll(NOW);
    for (int i = 1; i <= 20; i++) {
      assertThat(rate.reserve(NOW)).isEqualTo(Duration.ofMillis(100L * i));
    }
  }

  @Test
  void roomComesBackWithTimeButNeverMoreThanASecondsWorth() {
    takeAll(NOW);
    Instant later = NOW.plusSeconds(3600);
    takeAll(later);
    assertThat(rate.reserve(later)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void noWindowOfASecondHoldsMoreThanTwiceTheRate() {
    Instant now = NOW;
    int inWindow = 0;
    for (int i = 0; i < 100; i++) {
      now = take(now);
      inWindow += now.isBefore(NOW.plusSeconds(1)) ? 1 : 0;
    }
    assertThat(inWindow).isBetween(10, 20);
    assertThat(now).isEqualTo(NOW.plusSeconds(9));
  }

  @Test
  void whatTheServiceAsksForHoldsForEverybody() {
    rate.hold(NOW.plusSeconds(5));
    assertThat(rate.reserve(NOW)).isEqualTo(Duration.ofSeconds(5));
    assertThat(rate.reserve(NOW.plusSeconds(6))).isEqualTo(Duration.ZERO);
  }

  @Test
  void clockThatJumpsBackAnHourCostsNoHour() {
    takeAll(NOW);
    rate.hold(NOW.plusSeconds(5));
    assertThat(rate.reserve(NOW.minusSeconds(3600))).isEqualTo(Duration.ZERO);
  }
}
