package newleaf.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import newleaf.simulation.Simulation.Result;

/// What happened in many seeds, so that one sees that something did.
final class Totals {
  final List<Result> failed = new ArrayList<>();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private int seeds;
  private final Map<Operator.End, Integer> ends = new EnumMap<>(Operator.End.class);
  private int effects;
  private int crashes;
  private int takeovers;
  private long steps;

  void add(Result result) {
    seeds++;
    result.ends().forEach((end, times) -> ends.merge(end, times, Integer::sum));
    effects += result.effects();
    crashes += result.crashes();
    takeovers += result.takeovers();
    steps += result.steps();
    result.faults().forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
    if (result.breach().isPresent()) {
      failed.add(result);
    }
  }

  int passed() {
    return seeds - failed.size();
  }

  Map<Fault, Integer> faults() {
    return faults;
  }

  String text() {
    return """
    Simulation: %d passed, %d failed
      runs of apply: %s
      %d killed, %d took the lock over, %d effects, %d events and turns
      faults: %s\
    """
        .formatted(passed(), failed.size(), ends, crashes, takeovers, effects, steps, faults);
  }
}
