package newleaf.plan;

import java.util.List;

/// One step of a plan.
///
/// @param id `s1`, `s2` ... in the order of the plan
/// @param rotation the CA it belongs to, by its name in the YAML
/// @param needs ids of the steps that must be done before
public record Step(String id, String rotation, Action action, Reason reason, List<String> needs) {
  public Step {
    needs = List.copyOf(needs);
  }
}
