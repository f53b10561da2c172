package newleaf.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// When steps can begin and rotations can be done, from estimates and soaks. People's answers take
/// no time here.
final class Timing {
  private final Waits waits;
  private final Instant asOf;
  private final Map<String, Instant> done = new HashMap<>();
  private final Map<String, Optional<Instant>> opens = new HashMap<>();
  private final List<Step> timed = new ArrayList<>();

  Timing(List<Step> steps, List<Gate> gates, Instant asOf) {
    this.waits = new Waits(gates);
    this.asOf = asOf;
    steps.forEach(this::add);
  }

  private void add(Step step) {
    Optional<Instant> open =
        waits.before(step).stream()
            .flatMap(gate -> opens.computeIfAbsent(gate.id(), _ -> opens(gate)).stream())
            .max(Comparator.naturalOrder());
    Instant start = latest(Stream.concat(step.needs().stream().map(done::get), open.stream()));
    done.put(step.id(), start.plus(step.terms().estimate()));
    timed.add(step.notBefore(open));
  }

  private Optional<Instant> opens(Gate gate) {
    return switch (gate) {
      case Gate.Soak soak -> Optional.of(over(soak));
      case Gate.NotBefore notBefore -> Optional.of(notBefore.at());
      case Gate.Approval _, Gate.Acknowledgement _ -> Optional.empty();
    };
  }

  /// When a soak is over that begins with the last of its steps.
  Instant over(Gate.Soak soak) {
    return soak.until().orElseGet(() -> done(soak.after()).plus(soak.duration()));
  }

  private Instant latest(Stream<Instant> times) {
    return times.max(Comparator.naturalOrder()).filter(asOf::isBefore).orElse(asOf);
  }

  /// When the last of them is done.
  Instant done(List<String> ids) {
    return latest(ids.stream().map(done::get));
  }

  List<Step> steps() {
    return List.copyOf(timed);
  }

  /// From now to the end of the last of them.
  Duration takes(List<Step> steps) {
    return Duration.between(asOf, latest(steps.stream().map(s -> done.get(s.id()))));
  }

  /// Nothing has to be done or waited for before it.
  boolean isFree(Step step) {
    return step.needs().isEmpty() && waits.shut(step, asOf).isEmpty();
  }
}
