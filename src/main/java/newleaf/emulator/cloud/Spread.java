package newleaf.emulator.cloud;

import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the frontends go by: a change reaches one after the other. Not safe for many threads.
final class Spread {
  private record Effect(NamespaceSpec spec, Instant at, Duration lag) {
    boolean reached(double share, Instant now) {
      return !now.isBefore(at.plusNanos((long) (lag.toNanos() * share)));
    }
  }

  private final Map<String, List<Effect>> effects = new HashMap<>();

  /// At once, everywhere.
  void set(String namespace, NamespaceSpec spec) {
    effects.put(namespace, new ArrayList<>(List.of(new Effect(spec, Instant.MIN, Duration.ZERO))));
  }

  void change(String namespace, NamespaceSpec spec, Instant at, Duration lag) {
    effects.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(new Effect(spec, at, lag));
  }

  void remove(String namespace) {
    effects.remove(namespace);
  }

  /// @param share of the lag after which a change reaches the frontend that asks: 1 is the last one
  Optional<NamespaceSpec> at(String namespace, double share, Instant now) {
    return effects.getOrDefault(namespace, List.of()).stream()
        .filter(e -> e.reached(share, now))
        .reduce((_, later) -> later)
        .map(Effect::spec);
  }
}
