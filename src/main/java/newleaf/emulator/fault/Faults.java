package newleaf.emulator.fault;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Decides at every call whether a fault strikes it; safe for many threads. None does until a rule
/// is added.
public final class Faults {
  /// A fault that struck.
  public record Strike(Site site, Fault fault) {}

  private record Active(Rule rule, Map<Site, Integer> calls) {}

  private final List<Active> active = new ArrayList<>();
  private final List<Strike> struck = new ArrayList<>();
  private final Map<String, Integer> calls = new TreeMap<>();
  private Consumer<Strike> watcher = _ -> {};
  private Duration clockOff = Duration.ZERO;

  public synchronized void add(Rule rule) {
    active.add(new Active(rule, new HashMap<>()));
  }

  /// From now on all goes well.
  public synchronized void clear() {
    active.clear();
    clockOff = Duration.ZERO;
  }

  /// Whoever shows the faults as they strike.
  public synchronized void watch(Consumer<Strike> newWatcher) {
    watcher = newWatcher;
  }

  public synchronized List<Strike> struck() {
    return List.copyOf(struck);
  }

  /// How often each method was called, whether or not a fault struck.
  public synchronized Map<String, Integer> calls() {
    return Map.copyOf(calls);
  }

  /// The service's clock goes wrong by that much; negative is behind.
  public synchronized void shiftClock(Duration by) {
    clockOff = by;
  }

  /// What the service takes for the time.
  public InstantSource clock(InstantSource right) {
    return () -> right.instant().plus(clockOff());
  }

  private synchronized Duration clockOff() {
    return clockOff;
  }

  /// To be asked once for each call, when it is known what it is about.
  public synchronized Optional<Fault> strike(Site site) {
    calls.merge(site.method(), 1, Integer::sum);
    Optional<Fault> first = Optional.empty();
    for (Active one : active) {
      if (one.rule().fits(site) && due(one, site) && first.isEmpty()) {
        first = Optional.of(one.rule().fault());
      }
    }
    first.ifPresent(fault -> {
      Strike strike = new Strike(site, fault);
      struck.add(strike);
      watcher.accept(strike);
    });
    return first;
  }

  private static boolean due(Active one, Site site) {
    int ofSite = one.calls().merge(site, 1, Integer::sum);
    int ofAll = one.calls().values().stream().mapToInt(Integer::intValue).sum();
    return switch (one.rule().schedule()) {
      case Schedule.Calls(int from, int times) -> ofAll >= from && ofAll < from + times;
      case Schedule.Always() -> true;
      case Schedule.Drawn(double rate, long seed) ->
          draw(seed, one.rule().fault(), site, ofSite) < rate;
    };
  }

  private static double draw(long seed, Fault fault, Site site, int call) {
    String what = fault + "|" + site.method() + "|" + site.resource() + "|" + call;
    return new SplittableRandom(seed * 0x9e3779b97f4a7c15L + what.hashCode()).nextDouble();
  }
}
