package newleaf.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulationTest {
  @Test
  void seeds() {
    int n = Integer.getInteger("newleaf.simulation.seeds", 200);
    long from = Long.getLong("newleaf.seed", 0L);
    boolean told = Long.getLong("newleaf.seed") != null;
    if (told) { n = 1; }
    long start = System.nanoTime();
    Map<String, List<Long>> bad = new java.util.TreeMap<>();
    Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    long steps = 0; int effects = 0, crashes = 0, takeovers = 0, runs = 0;
    for (long s = from; s < from + n; s++) {
      Simulation.Result r = Simulation.run(Simulation.Settings.of(s), Plant.NONE, told);
      if (told) r.story().forEach(System.out::println);
      long seed = s;
      r.breach().ifPresent(b -> bad.computeIfAbsent(b.replaceAll("[0-9]+", "#"), _ -> new ArrayList<>()).add(seed));
      r.faults().forEach((f, c) -> faults.merge(f, c, Integer::sum));
      steps += r.steps(); effects += r.effects(); crashes += r.crashes(); takeovers += r.takeovers(); runs += r.runs();
    }
    System.out.printf("%d seeds in %s, steps %d effects %d crashes %d takeovers %d runs %d%n%s%n", n, Duration.ofNanos(System.nanoTime() - start), steps, effects, crashes, takeovers, runs, faults);
    bad.forEach((b, seeds) -> System.out.println("BAD " + seeds.size() + " " + b + " " + seeds.stream().limit(5).toList()));
    assertThat(bad).isEmpty();
  }
}
