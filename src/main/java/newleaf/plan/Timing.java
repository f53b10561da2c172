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
  private final List<Gate> gates;
  private final Instant asOf;
  private final Map<String, Instant> done = new HashMap<>();
  private final List<Step> timed = new ArrayList<>();

  Timing(List<Step> steps, List<Gate> gates, Instant asOf) {
    this.gates = gates;
    this.asOf = asOf;
    steps.forEach(this::add);
  }

  private void add(Step step) {
    Optional<Instant> soaked =
        gatesBefore(step)
            .<Instant>mapMulti((gate, out) -> soaked(gate).ifPresent(out))
            .max(Comparator.naturalOrder());
    Instant start = latest(Stream.concat(step.needs().stream().map(done::get), soaked.stream()));
    done.put(step.id(), start.plus(step.terms().estimate()));
    timed.add(step.notBefore(soaked));
  }

  private Optional<Instant> soaked(Gate gate) {
    return gate instanceof Gate.Soak soak
        ? Optional.of(
            soak.until()
                .orElseGet(
                    () -> latest(soak.after().stream().map(done::get)).plus(soak.duration())))
        : Optional.empty();
  }

  private Instant latest(Stream<Instant> times) {
    return times.max(Comparator.naturalOrder()).filter(asOf::isBefore).orElse(asOf);
  }

  private Stream<Gate> gatesBefore(Step step) {
    return gates.stream().filter(g -> g.before().contains(step.id()));
  }

  List<Step> steps() {
    return List.copyOf(timed);
  }

  /// From now to the end of the last step of a rotation.
  Duration takes(String rotation) {
    return Duration.between(
        asOf,
        latest(
            timed.stream().filter(s -> s.rotation().equals(rotation)).map(s -> done.get(s.id()))));
  }

  /// Nothing has to be done or waited for before it.
  static boolean isFree(Step step, List<Gate> gates, Instant asOf) {
    return step.needs().isEmpty()
        && gates.stream().allMatch(g -> g.isOpen(asOf) || !g.before().contains(step.id()));
  }
}
