package newleaf.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// Decides which faults strike. Each chance is decided by the seed, the kind and its number alone,
/// so that switching one fault off leaves the others where they are as far as it can.
final class Chaos {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final Set<Fault> kinds = EnumSet.noneOf(Fault.class);
  private final Set<String> off;
  private final Map<Fault, Integer> chances = new EnumMap<>(Fault.class);
  private final Set<String> struck = new LinkedHashSet<>();
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private boolean calm;

  /// Not every seed has every kind: some faults hide others.
  ///
  /// @param off names of single faults, as `struck` tells them, that do not happen
  Chaos(long seed, Set<String> off) {
    this.seed = seed;
    this.off = off;
    SplittableRandom random = new SplittableRandom(seed ^ MIX);
    int outOfTen = random.nextInt(11);
    for (Fault fault : Fault.values()) {
      if (random.nextInt(10) < outOfTen) {
        kinds.add(fault);
      }
    }
  }

  boolean strikes(Fault fault) {
    int chance = chances.merge(fault, 1, Integer::sum);
    if (calm || !kinds.contains(fault)) {
      return false;
    }
    long mixed = (seed * 31 + fault.name().hashCode()) * MIX + chance;
    String name = fault + "@" + chance;
    boolean strikes =
        new SplittableRandom(mixed).nextInt(1000) < fault.perMille && !off.contains(name);
    if (strikes) {
      struck.add(name);
      counts.merge(fault, 1, Integer::sum);
    }
    return strikes;
  }

  /// From now on nothing goes wrong.
  void calm() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  boolean happened(Fault fault) {
    return counts.containsKey(fault);
  }

  Set<String> struck() {
    return struck;
  }

  Map<Fault, Integer> counts() {
    return counts;
  }
}
