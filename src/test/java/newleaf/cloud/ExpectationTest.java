package newleaf.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpectationTest {
  private static final Instant BEGUN = Instant.parse("2026-11-24T00:00:00Z");
  private static final Duration HINT = Duration.ofMillis(500);

  private final Expectation expectation = new Expectation();

  private void goesOnFor(Duration running) {
    Duration seen = expectation.seen(Duration.ZERO, BEGUN, BEGUN.plus(running), false);
    assertThat(seen).isEqualTo(running);
    assertThat(expectation.seen(seen, BEGUN, BEGUN.plus(running).plus(HINT), true))
        .isEqualTo(running);
  }

  @Test
  void firstOperationIsLookedAtAfterTheHint() {
    assertThat(expectation.firstLook(HINT)).isEqualTo(HINT);
  }

  @Test
  void nextOneIsNotLookedAtBeforeTheLastWasSeenToEnd() {
    goesOnFor(Duration.ofMillis(1500));
    assertThat(expectation.firstLook(HINT)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void oneThatHadEndedAtItsFirstLookMakesTheNextLookEarlier() {
    goesOnFor(Duration.ofSeconds(2));
    assertThat(expectation.seen(Duration.ZERO, BEGUN, BEGUN.plusSeconds(3), true)).isZero();
    assertThat(expectation.firstLook(HINT)).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void longOperationMakesNobodyWaitForMoreThanTenSecondsOrTheHint() {
    goesOnFor(Duration.ofMinutes(5));
    assertThat(expectation.firstLook(HINT)).isEqualTo(Duration.ofSeconds(10));
    assertThat(expectation.firstLook(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(20));
  }
}
