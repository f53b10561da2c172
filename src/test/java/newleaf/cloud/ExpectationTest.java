package newleaf.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpectationTest {
  private static final Duration HINT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(2);

  private final Expectation expectation = new Expectation();

  private record Seen(int looks, Duration end) {}

  /// One that takes so long, looked at until it has ended.
  private Seen operation(Duration takes) {
    return operation(expectation.looks(), takes);
  }

  private static Seen operation(Expectation.Looks operation, Duration takes) {
    try (Expectation.Looks looks = operation) {
      Duration elapsed = looks.pause(HINT);
      int times = 1;
      for (; elapsed.compareTo(takes) < 0; times++) {
        looks.goesOn(elapsed);
        elapsed = elapsed.plus(looks.pause(HINT));
      }
      looks.hasEnded(elapsed);
      return new Seen(times, elapsed);
    }
  }

  @Test
  void firstOperationIsLookedAtAfterTheHint() {
    assertThat(expectation.looks().pause(HINT)).isEqualTo(HINT);
  }

  @Test
  void noneIsLookedAtBeforeTheHint() {
    operation(Duration.ofMillis(100));
    operation(Duration.ofMillis(100));
    assertThat(expectation.looks().pause(HINT)).isEqualTo(HINT);
  }

  @Test
  void oneIsTriedBetweenWhatIsKnownAndTheOthersAreLookedAtWhenTheySurelyHaveEnded() {
    operation(Duration.ofMillis(1900)); // went on at 1.5 s, had ended at 2 s
    Expectation.Looks tries = expectation.looks();
    Duration between = tries.pause(HINT);
    assertThat(between).isBetween(Duration.ofMillis(1740), Duration.ofMillis(1750));
    assertThat(expectation.looks().pause(HINT)).isEqualTo(LONG);
    tries.goesOn(between);
    tries.hasEnded(LONG);
    tries.close();
    assertThat(expectation.looks().pause(HINT)).isBetween(between, LONG);
  }

  @Test
  void operationsThatTakeTheSameNeedOneLookAndAFewPercentMoreTime() {
    for (int i = 0; i < 10; i++) {
      operation(LONG.minusMillis(90));
    }
    double looks = 0;
    double millis = 0;
    for (int i = 0; i < 100; i++) {
      Seen seen = operation(LONG.minusMillis(90));
      looks += seen.looks();
      millis += seen.end().toMillis();
    }
    assertThat(looks / 100).isLessThan(1.2);
    assertThat(millis / 100).isBetween(1910.0, 1910.0 * 1.05);
  }

  @Test
  void operationsThatTakeLongerThanBeforeAreLookedAtLater() {
    operation(Duration.ofSeconds(1));
    for (int i = 0; i < 10; i++) {
      operation(Duration.ofSeconds(4));
    }
    Seen seen = operation(Duration.ofSeconds(4));
    assertThat(seen.end()).isBetween(Duration.ofSeconds(4), Duration.ofMillis(4500));
    assertThat(seen.looks()).isLessThanOrEqualTo(2);
  }

  @Test
  void oneThatTakesMuchLongerMakesTheOthersWaitForLittle() {
    for (int i = 0; i < 10; i++) {
      operation(LONG);
    }
    operation(Duration.ofMinutes(1));
    double millis = 0;
    for (int i = 0; i < 20; i++) {
      millis += operation(LONG).end().toMillis();
    }
    assertThat(millis / 20).isLessThan(2500);
  }

  @Test
  void operationsThatTakeShorterThanBeforeAreFoundOut() {
    for (int i = 0; i < 20; i++) {
      operation(Duration.ofSeconds(8));
    }
    for (int i = 0; i < 20; i++) {
      operation(LONG);
    }
    assertThat(operation(LONG).end()).isLessThan(Duration.ofMillis(2600));
  }

  @Test
  void oneThatTriesAndIsGivenUpLetsAnotherTry() {
    operation(Duration.ofMillis(1900));
    Expectation.Looks tries = expectation.looks();
    Duration between = tries.pause(HINT);
    assertThat(expectation.looks().pause(HINT)).isEqualTo(LONG);
    tries.close();
    assertThat(expectation.looks().pause(HINT)).isEqualTo(between);
  }

  @Test
  void afterALookThatGotNoAnswerTheNextComesAsTheServiceRecommends() {
    operation(Duration.ofSeconds(8));
    Expectation.Looks looks = expectation.looks();
    assertThat(looks.pause(HINT)).isGreaterThan(HINT);
    looks.noAnswer();
    assertThat(looks.pause(HINT)).isEqualTo(HINT);
  }

  @Test
  void longOperationMakesNobodyWaitForMoreThanTenSecondsOrTheHint() {
    for (int i = 0; i < 5; i++) {
      operation(Duration.ofMinutes(5));
    }
    assertThat(expectation.looks().pause(HINT)).isLessThanOrEqualTo(Duration.ofSeconds(10));
    assertThat(expectation.looks().pause(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(20));
  }
}
