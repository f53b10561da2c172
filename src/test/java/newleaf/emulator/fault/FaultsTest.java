package newleaf.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import newleaf.emulator.fault.Fault.Moment;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final Fault DOWN = new Fault.Unavailable(Moment.BEFORE_COMMIT);
  private static final Site UPDATE = new Site("UpdateNamespace", "booking.acct");
  private static final Site OTHER = new Site("UpdateNamespace", "billing.acct");
  private static final Site GET = new Site("GetNamespace", "booking.acct");

  private final Faults faults = new Faults();

  @Test
  void withoutARuleNothingStrikes() {
    assertThat(strikes(UPDATE, 5)).isEmpty();
    assertThat(faults.struck()).isEmpty();
  }

  @Test
  void nthCallIsStruckAsOftenAsAsked() {
    faults.add(Rule.of(DOWN, "UpdateNamespace", new Schedule.Calls(2, 2)));
    assertThat(strikes(UPDATE, 5)).containsExactly(2, 3);
    assertThat(faults.struck()).hasSize(2).first().isEqualTo(new Faults.Strike(UPDATE, DOWN));
  }

  @Test
  void callsThatDoNotFitAreNotCounted() {
    faults.add(
        new Rule(DOWN, Set.of("UpdateNamespace"), Optional.of("booking.acct"), Schedule.once()));
    assertThat(strikes(GET, 3)).isEmpty();
    assertThat(strikes(OTHER, 3)).isEmpty();
    assertThat(strikes(UPDATE, 3)).containsExactly(1);
  }

  @Test
  void clearedFaultsAreGoneAndTheClockIsRight() {
    Instant now = Instant.parse("2026-09-14T03:00:00Z");
    faults.add(Rule.of(DOWN, "UpdateNamespace", new Schedule.Always()));
    faults.shiftClock(Duration.ofMinutes(-10));
    assertThat(faults.clock(() -> now).instant()).isEqualTo("2026-09-14T02:50:00Z");
    assertThat(strikes(UPDATE, 2)).containsExactly(1, 2);
    faults.clear();
    assertThat(strikes(UPDATE, 2)).isEmpty();
    assertThat(faults.clock(() -> now).instant()).isEqualTo(now);
  }

  @Test
  void seedDecidesWhichCallsAreStruck() {
    List<Integer> seven = drawn(7, List.of());
    assertThat(seven).hasSizeBetween(20, 80);
    assertThat(drawn(7, List.of())).isEqualTo(seven);
    assertThat(drawn(8, List.of())).isNotEqualTo(seven);
  }

  @Test
  void otherCallsInBetweenDoNotChangeWhatACallDraws() {
    assertThat(drawn(7, List.of(OTHER, OTHER, GET))).isEqualTo(drawn(7, List.of()));
  }

  private static List<Integer> drawn(long seed, List<Site> between) {
    Faults drawing = new Faults();
    drawing.add(Rule.of(DOWN, "UpdateNamespace", new Schedule.Drawn(0.05, seed)));
    return IntStream.rangeClosed(1, 1000)
        .filter(_ -> {
          between.forEach(drawing::strike);
          return drawing.strike(UPDATE).isPresent();
        })
        .boxed()
        .toList();
  }

  /// The numbers of the calls that were struck.
  private List<Integer> strikes(Site site, int calls) {
    List<Integer> struck = new ArrayList<>();
    for (int call = 1; call <= calls; call++) {
      if (faults.strike(site).isPresent()) {
        struck.add(call);
      }
    }
    return struck;
  }
}
