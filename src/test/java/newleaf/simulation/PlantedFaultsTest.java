package newleaf.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// That the simulation can fail: faults of the protocol, put in from outside, and each is found.
class PlantedFaultsTest {
  private static final int SEEDS_AT_MOST = 600;

  @TestFactory
  Stream<DynamicTest> everyPlantedFaultIsFound() {
    return all().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> isFound(e.getKey(), e.getValue())));
  }

  private static void isFound(String name, Plant plant) {
    Optional<String> breach = Optional.empty();
    long seed = 0;
    while (breach.isEmpty() && seed < SEEDS_AT_MOST) {
      seed++;
      breach = Simulation.run(Simulation.Settings.of(seed), plant, false).breach();
    }
    System.out.printf(
        "PlantedFaultsTest: %s: after %d seeds: %s%n", name, seed, breach.orElse("not found"));
    assertThat(breach).as(name).isPresent();
  }

  static Map<String, Plant> all() {
    Map<String, Plant> all = new TreeMap<>();
    all.putAll(PlantedPlans.all());
    all.putAll(PlantedUpdates.all());
    all.putAll(PlantedPorts.all());
    return all;
  }
}
