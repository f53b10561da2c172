package newleaf.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.plan.Evidence;
import newleaf.plan.Gate;
import newleaf.plan.Grouped;
import newleaf.plan.LaterRemoval;
import newleaf.plan.Plan;
import newleaf.plan.Plan.RotationOutlook;

/// What is told ahead of steps and rotations, found by them: a gate stands before the first step
/// that waits for it, and evidence before the first step that it is for.
final class Ahead {
  private final Grouped<String, Gate> gates = new Grouped<>();
  private final Map<String, Gate> byId = new HashMap<>();
  private final Grouped<String, Evidence> evidence = new Grouped<>();
  private final Map<String, RotationOutlook> outlooks = new HashMap<>();
  private final Grouped<String, LaterRemoval> removals = new Grouped<>();

  Ahead(Plan plan) {
    for (Gate gate : plan.gates()) {
      byId.putIfAbsent(gate.id(), gate);
      gate.before().stream().findFirst().ifPresent(step -> gates.add(step, gate));
    }
    plan.evidence().forEach(e -> evidence.add(e.steps().getFirst(), e));
    plan.rotations().forEach(r -> outlooks.putIfAbsent(r.ca(), r));
    plan.laterRemovals().forEach(l -> removals.add(l.rotation(), l));
  }

  List<Gate> gates(Group group) {
    return group.ids().stream().flatMap(id -> gates.of(id).stream()).toList();
  }

  Optional<Gate> gate(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  List<Evidence> evidence(Group group) {
    return group.ids().stream().flatMap(id -> evidence.of(id).stream()).toList();
  }

  Optional<RotationOutlook> outlook(String rotation) {
    return Optional.ofNullable(outlooks.get(rotation));
  }

  List<LaterRemoval> removals(String rotation) {
    return removals.of(rotation);
  }
}
