package newleaf.simulation;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import newleaf.simulation.Simulation.Result;
import newleaf.simulation.Simulation.Settings;

/// Makes a story that ends badly as short as it gets: fewer operators, namespaces and faults, as
/// long as the same law is broken.
final class Shrinking {
  private static final int TRIES = 150;

  private final Plant plant;
  private final String law;
  private Result best;
  private int tries;

  private Shrinking(Result failed, Plant plant) {
    this.plant = plant;
    this.best = failed;
    this.law = law(failed).orElseThrow();
  }

  /// @return the shortest story found, told
  static Result of(Result failed, Plant plant) {
    Shrinking shrinking = new Shrinking(failed, plant);
    Settings from = failed.settings();
    shrinking.fewer(from);
    shrinking.calmer();
    return Simulation.run(shrinking.best.settings(), plant, true);
  }

  /// Without the numbers and names of one story.
  static Optional<String> law(Result result) {
    return result
        .breach()
        .map(b -> b.replaceAll("[0-9]+", "#").replaceAll("PT[0-9#.HMS]+", "some time"));
  }

  private void fewer(Settings from) {
    for (int operators = 1; operators < from.operators(); operators++) {
      if (stillFails(new Settings(from.seed(), operators, from.namespaces(), from.off()))) {
        break;
      }
    }
    Settings now = best.settings();
    for (int namespaces = 1; namespaces < from.namespaces(); namespaces++) {
      if (stillFails(new Settings(from.seed(), now.operators(), namespaces, now.off()))) {
        return;
      }
    }
  }

  /// Switches off whole kinds of faults, then single ones.
  private void calmer() {
    for (Fault fault : Fault.values()) {
      without(best.struck().stream().filter(n -> n.startsWith(fault + "@")).toList());
    }
    for (boolean shorter = true; shorter; ) {
      shorter = false;
      for (String one : best.struck().toArray(String[]::new)) {
        shorter |= without(Set.of(one));
      }
    }
  }

  private boolean without(Collection<String> faults) {
    if (faults.isEmpty()) {
      return false;
    }
    Settings now = best.settings();
    Set<String> off = new HashSet<>(now.off());
    return off.addAll(faults)
        && stillFails(new Settings(now.seed(), now.operators(), now.namespaces(), off));
  }

  private boolean stillFails(Settings settings) {
    if (tries++ >= TRIES) {
      return false;
    }
    Result result = Simulation.run(settings, plant, false);
    if (!law(result).equals(Optional.of(law))) {
      return false;
    }
    best = result;
    return true;
  }
}
