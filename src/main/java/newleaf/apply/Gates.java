package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.plan.Gate;

/// Which gates are open. A soak starts when its steps are done and is written down then, so that a
/// later run goes on with the same wait.
final class Gates {
  private final Journal journal;
  private final Timeline time;
  private final Applier.Options options;
  private final Map<String, Instant> opened = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  Gates(Journal journal, Timeline time, Applier.Options options) {
    this.journal = journal;
    this.time = time;
    this.options = options;
  }

  /// Where nobody says yes.
  Gates(Journal journal, Timeline time) {
    this(journal, time, new Applier.Options("", Duration.ZERO, Set.of(), ""));
  }

  /// To be asked once the steps before the gate are done.
  boolean passed(Gate gate) {
    return switch (gate) {
      case Gate.Soak soak -> !time.instant().isBefore(until(soak));
      case Gate.Approval approval -> approval.given() || approve(approval);
      case Gate.Acknowledgement _ ->
          false; // only the YAML can change that, and then it is not planned
      case Gate.NotBefore notBefore -> notBefore.isOpen(time.instant());
    };
  }

  /// When time alone opens it; empty when that does not.
  Optional<Instant> opens(Gate gate) {
    return switch (gate) {
      case Gate.Soak soak -> Optional.of(until(soak));
      case Gate.NotBefore notBefore -> Optional.of(notBefore.at());
      case Gate.Approval _, Gate.Acknowledgement _ -> Optional.empty();
    };
  }

  private Instant until(Gate.Soak soak) {
    Instant start =
        opened.computeIfAbsent(
            soak.id(),
            id ->
                soak.openedAt()
                    .orElseGet(() -> {
                      journal.append(new Entry.GateOpened(id));
                      return time.instant();
                    }));
    return start.plus(soak.duration());
  }

  private boolean approve(Gate.Approval gate) {
    if (!options.approvals().contains(gate.id())) {
      return false;
    }
    if (!seen.contains(gate.id())) {
      journal.append(new Entry.Approved(gate.id(), options.who()));
    }
    return true;
  }

  /// True once for each gate.
  boolean firstPass(Gate gate) {
    return seen.add(gate.id());
  }

  /// Those that are shut, with the time at which their wait began.
  List<Gate> holding(Collection<Gate> gates) {
    return gates.stream().filter(g -> !passed(g)).map(this::opened).toList();
  }

  private Gate opened(Gate gate) {
    return gate instanceof Gate.Soak soak
        ? new Gate.Soak(
            soak.id(),
            soak.after(),
            soak.before(),
            soak.duration(),
            Optional.ofNullable(opened.get(soak.id())))
        : gate;
  }
}
