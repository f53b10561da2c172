package newleaf.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import newleaf.simulation.Simulation.Result;
import newleaf.simulation.Simulation.Settings;
import org.junit.jupiter.api.Test;

/// The protocol against crashes, faults and other operators, on virtual time. One seed decides
/// everything:
///
///     mvn -o test -Dtest=SimulationTest                                  the seeds of every build
///     mvn -o test -Psimulation -Dnewleaf.simulation.seconds=600          others, for so long
///     mvn -o test -Psimulation -Dnewleaf.simulation.seeds=20000          others, so many
///     mvn -o test -Dtest=SimulationTest -Dnewleaf.seed=256               one, told
class SimulationTest {
  /// In every build, and always the same.
  private static final int SEEDS = 2000;

  /// Where the seeds of the profile begin, unless it says another.
  private static final long OTHERS = 1_000_000;

  /// Seconds that the profile takes when nobody says for how long or how many seeds.
  private static final long MINUTE = 60;

  private static final long YEAR = 365 * 24 * 3600;

  private static final boolean OTHER = Boolean.getBoolean("newleaf.simulation");
  private static final Optional<Long> ONE = Optional.ofNullable(Long.getLong("newleaf.seed"));

  @Test
  void noSeedBreaksALaw() {
    if (ONE.isPresent()) {
      tell(Simulation.run(Settings.of(ONE.get()), Plant.NONE, true));
      return;
    }
    Totals totals = run();
    System.out.println(totals.text());
    totals.failed.stream().limit(1).forEach(SimulationTest::tell);
    assertThat(totals.failed.stream().map(SimulationTest::line)).isEmpty();
    if (!OTHER) {
      assertThat(totals.faults().keySet()).containsExactlyInAnyOrder(Fault.values());
    }
  }

  private static Totals run() {
    Optional<Long> seeds = Optional.ofNullable(Long.getLong("newleaf.simulation.seeds"));
    long seconds = Long.getLong("newleaf.simulation.seconds", seeds.isPresent() ? YEAR : MINUTE);
    long first = Long.getLong("newleaf.simulation.from", OTHER ? OTHERS : 0);
    long most = OTHER ? seeds.orElse(Long.MAX_VALUE) : SEEDS;
    long end = System.nanoTime() + Duration.ofSeconds(OTHER ? seconds : YEAR).toNanos();
    Totals totals = new Totals();
    for (long i = 0; i < most && System.nanoTime() < end; i++) {
      totals.add(Simulation.run(Settings.of(first + i), Plant.NONE, false));
    }
    return totals;
  }

  /// The story of a seed; of one that breaks a law, as short as it gets.
  private static void tell(Result result) {
    Result told = result.breach().isPresent() ? Shrinking.of(result, Plant.NONE) : result;
    told.story().forEach(System.out::println);
    System.out.println(line(told));
    System.out.println(told.settings());
    assertThat(told.breach()).isEmpty();
  }

  private static String line(Result result) {
    return "%s: mvn -o test -Dtest=SimulationTest -Dnewleaf.seed=%d"
        .formatted(result.breach().orElse("no law was broken"), result.settings().seed());
  }

  @Test
  void aSeedTellsOneStory() {
    for (long seed = 1; seed <= 5; seed++) {
      Result first = Simulation.run(Settings.of(seed), Plant.NONE, true);
      Result again = Simulation.run(Settings.of(seed), Plant.NONE, true);
      assertThat(again.story()).isEqualTo(first.story());
      assertThat(again.steps()).isEqualTo(first.steps());
    }
  }

  @Test
  void aStoryThatEndsBadlyIsMadeShort() {
    Plant plant = PlantedFaultsTest.all().get("journal after the call");
    int shortest = Integer.MAX_VALUE;
    int before = 0;
    int after = 0;
    long seed = 0;
    for (int stories = 0; stories < 5; seed++) {
      Result failed = Simulation.run(Settings.of(seed), plant, false);
      if (failed.breach().isPresent()) {
        stories++;
        Result shorter = Shrinking.of(failed, plant);
        assertThat(Shrinking.law(shorter)).isEqualTo(Shrinking.law(failed));
        assertThat(shorter.story()).isNotEmpty();
        shortest = Math.min(shortest, shorter.struck().size());
        before += failed.struck().size();
        after += shorter.struck().size();
      }
    }
    // without a fault the story is another one, so some need more than others
    assertThat(shortest).isLessThanOrEqualTo(3);
    assertThat(after).isLessThan(before);
  }
}
