package newleaf.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.plan.Evidence;
import newleaf.plan.Gate;
import newleaf.plan.LaterRemoval;
import newleaf.plan.Plan;
import newleaf.plan.Plan.RotationOutlook;

/// What is told ahead of steps and rotations, found by them: a gate stands before the first step
/// that waits for it, and evidence before the first step that it is for.
final class Ahead {
  private final Map<String, List<Gate>> gates = new HashMap<>();
  private final Map<String, Gate> byId = new HashMap<>();
  private final Map<String, List<Evidence>> evidence = new HashMap<>();
  private final Map<String, RotationOutlook> outlooks = new HashMap<>();
  private final Map<String, List<LaterRemoval>> removals = new HashMap<>();

  Ahead(Plan plan) {
    for (Gate gate : plan.gates()) {
      byId.putIfAbsent(gate.id(), gate);
      gate.before().stream().findFirst().ifPresent(step -> add(gates, step, gate));
    }
    plan.evidence().forEach(e -> add(evidence, e.steps().getFirst(), e));
    plan.rotations().forEach(r -> outlooks.putIfAbsent(r.ca(), r));
    plan.laterRemovals().forEach(l -> add(removals, l.rotation(), l));
  }

  private static <T> void add(Map<String, List<T>> lists, String key, T one) {
    lists.computeIfAbsent(key, _ -> new ArrayList<>()).add(one);
  }

  List<Gate> gates(Group group) {
    return group.ids().stream().flatMap(id -> gates.getOrDefault(id, List.of()).stream()).toList();
  }

  Optional<Gate> gate(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  List<Evidence> evidence(Group group) {
    return group.ids().stream()
        .flatMap(id -> evidence.getOrDefault(id, List.of()).stream())
        .toList();
  }

  Optional<RotationOutlook> outlook(String rotation) {
    return Optional.ofNullable(outlooks.get(rotation));
  }

  List<LaterRemoval> removals(String rotation) {
    return removals.getOrDefault(rotation, List.of());
  }
}
