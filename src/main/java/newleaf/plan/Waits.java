package newleaf.plan;

import java.time.Instant;
import java.util.List;

/// The gates that each step waits for, in their order.
public final class Waits {
  private final Grouped<String, Gate> before = new Grouped<>();

  public Waits(List<Gate> gates) {
    for (Gate gate : gates) {
      gate.before().forEach(id -> before.add(id, gate));
    }
  }

  public List<Gate> before(Step step) {
    return before.of(step.id());
  }

  /// Those that are not open.
  public List<Gate> shut(Step step, Instant asOf) {
    return before(step).stream().filter(g -> !g.isOpen(asOf)).toList();
  }
}
