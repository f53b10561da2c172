package newleaf.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One step of a plan.
///
/// @param id `s1`, `s2` ... in the order of the plan
/// @param rotation the CA it belongs to, by its name in the YAML
/// @param verb the action's, for whoever filters the JSON
/// @param address the resource that is changed
/// @param needs ids of the steps that must be done before
/// @param notBefore the earliest time a soak before it can be over, or that the YAML names for it;
///   empty when nothing but `needs` and people hold it back
public record Step(
    String id,
    String rotation,
    String verb,
    String address,
    Action action,
    Reason reason,
    List<String> needs,
    Optional<Instant> notBefore,
    Terms terms) {
  public Step {
    needs = List.copyOf(needs);
    if (!verb.equals(action.verb()) || !address.equals(action.address())) {
      throw new IllegalArgumentException(
          "step " + id + " says it would " + verb + " " + address + ", and its action is another");
    }
  }

  public static Step of(
      String id, String rotation, Action action, Reason reason, List<String> needs, Terms terms) {
    return new Step(
        id,
        rotation,
        action.verb(),
        action.address(),
        action,
        reason,
        needs,
        Optional.empty(),
        terms);
  }

  Step notBefore(Optional<Instant> time) {
    return new Step(id, rotation, verb, address, action, reason, needs, time, terms);
  }
}
