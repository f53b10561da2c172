package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import newleaf.Explanation;

/// A plan while it is being written; steps get their ids in the order they are added.
final class Draft {
  final List<Step> steps = new ArrayList<>();
  final List<Gate> gates = new ArrayList<>();
  final List<Blocker> blockers = new ArrayList<>();
  final List<Due> upcoming = new ArrayList<>();
  final List<Due> deadlines = new ArrayList<>();
  final List<Plan.Known> known = new ArrayList<>();

  /// @return the id of the new step
  String add(String rotation, Action action, Reason reason, List<String> needs) {
    String id = "s" + (steps.size() + 1);
    steps.add(new Step(id, rotation, action, reason, needs));
    return id;
  }

  void block(String code, String where, String what, String next) {
    Blocker blocker = new Blocker(new Explanation(code, where, what, next));
    if (!blockers.contains(blocker)) {
      blockers.add(blocker);
    }
  }

  void upcoming(String address, Instant at) {
    upcoming.add(new Due(address, at));
  }

  void deadline(String address, Instant at) {
    deadlines.add(new Due(address, at));
  }

  Optional<Due> firstDeadline() {
    return deadlines.stream().min(Comparator.comparing(Due::at));
  }

  List<Due> upcomingSorted() {
    return upcoming.stream()
        .distinct()
        .sorted(Comparator.comparing(Due::at).thenComparing(Due::address))
        .toList();
  }
}
