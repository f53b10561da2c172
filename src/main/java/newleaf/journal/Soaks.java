package newleaf.journal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.plan.Action;
import newleaf.plan.Step;

/// Gates that have opened, by whose move to a new leaf makes their wait begin anew. There may be as
/// many as steps, so a step finds its own without asking each.
final class Soaks<T> {
  /// A generation, or one that somebody else made, named by its fingerprint.
  private static final Pattern OF_CA = Pattern.compile("soak/ca/(.+)-(?:g[0-9]+|[0-9a-f]{8})");

  private static final Pattern OF_NAMESPACE = Pattern.compile("soak/(namespace/[^/]+)/.*");

  private final Map<String, T> opened = new HashMap<>();

  /// By the CA, or the namespace, that they are for.
  private final Map<String, Set<String>> gates = new HashMap<>();

  void open(String gate, T what) {
    opened.put(gate, what);
    owner(gate).ifPresent(o -> gates.computeIfAbsent(o, _ -> new HashSet<>()).add(gate));
  }

  Map<String, T> opened() {
    return opened;
  }

  /// Whoever moves to a new leaf during a soak, or after it, has not soaked yet.
  void begun(Step step) {
    switch (step.action()) {
      case Action.ReissueLeaf a -> restart(step.rotation(), a.namespaces());
      case Action.RollWorker a -> restart(step.rotation(), a.target().namespaces());
      case Action.ScaleWorker a -> restart(step.rotation(), a.target().namespaces());
      case Action.AwaitReload a -> restart(step.rotation(), a.target().namespaces());
      case Action.IssueCa _, Action.TrustCa _, Action.SetFilters _, Action.RetireCa _ -> {}
    }
  }

  private void restart(String rotation, List<String> namespaces) {
    forget("ca/" + rotation);
    namespaces.forEach(namespace -> forget("namespace/" + namespace));
  }

  private void forget(String owner) {
    opened.keySet().removeAll(Optional.ofNullable(gates.remove(owner)).orElse(Set.of()));
  }

  private static Optional<String> owner(String gate) {
    Matcher ca = OF_CA.matcher(gate);
    if (ca.matches()) {
      return Optional.of("ca/" + ca.group(1));
    }
    Matcher namespace = OF_NAMESPACE.matcher(gate);
    return namespace.matches() ? Optional.of(namespace.group(1)) : Optional.empty();
  }
}
