package newleaf.emulator.cloud;

import io.temporal.api.cloud.namespace.v1.Namespace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The namespaces, as they are and as they were. Not safe for many threads.
final class Register {
  private record Version(Instant since, Optional<Namespace> namespace) {}

  private final InstantSource clock;
  private final NavigableMap<String, Namespace> now = new TreeMap<>();
  private final NavigableMap<String, List<Version>> past = new TreeMap<>();

  Register(InstantSource clock) {
    this.clock = clock;
  }

  Optional<Namespace> get(String id) {
    return Optional.ofNullable(now.get(id));
  }

  /// What was known of it before is forgotten.
  void begin(String id, Namespace namespace) {
    past.remove(id);
    put(id, namespace);
  }

  void put(String id, Namespace namespace) {
    now.put(id, namespace);
    note(id, Optional.of(namespace));
  }

  void remove(String id) {
    now.remove(id);
    note(id, Optional.empty());
  }

  private void note(String id, Optional<Namespace> namespace) {
    past.computeIfAbsent(id, _ -> new ArrayList<>()).add(new Version(clock.instant(), namespace));
  }

  /// In ascending order, those after a name.
  List<Namespace> after(String id) {
    return List.copyOf(now.tailMap(id, false).values());
  }

  /// As they were; of a namespace that was not there then, the first that is known of it.
  List<Namespace> after(String id, Instant at) {
    return past.tailMap(id, false).values().stream()
        .flatMap(versions ->
            versions.stream()
                .filter(v -> !v.since().isAfter(at))
                .reduce((_, later) -> later)
                .orElse(versions.getFirst())
                .namespace()
                .stream())
        .toList();
  }
}
