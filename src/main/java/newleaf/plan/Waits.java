package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The gates that each step waits for, in their order.
public final class Waits {
  private final Map<String, List<Gate>> before = new HashMap<>();

  public Waits(List<Gate> gates) {
    for (Gate gate : gates) {
      gate.before().forEach(id -> before.computeIfAbsent(id, _ -> new ArrayList<>()).add(gate));
    }
  }

  public List<Gate> before(Step step) {
    return before.getOrDefault(step.id(), List.of());
  }

  /// Those that are not open.
  public List<Gate> shut(Step step, Instant asOf) {
    return before(step).stream().filter(g -> !g.isOpen(asOf)).toList();
  }
}
