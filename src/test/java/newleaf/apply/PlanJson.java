package newleaf.apply;

import newleaf.json.Json;
import newleaf.plan.Plan;

/// Plans as JSON, by their components alone: `Json` also writes what `Plan.isEmpty()` answers, and
/// then does not read it back.
final class PlanJson {
  private PlanJson() {}

  static String pretty(Plan plan) {
    return Json.pretty(plan).replaceFirst(",\\s+\"empty\" : (true|false)", "");
  }

  static Plan read(String json) {
    return Json.read(json, Plan.class);
  }
}
