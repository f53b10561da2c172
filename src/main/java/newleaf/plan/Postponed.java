package newleaf.plan;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.desired.CaSpec;
import newleaf.desired.Retire;

/// A removal that is not drafted, though its soak is.
record Postponed(String rotation, String ca, List<String> namespaces, Gate.Soak soak) {

  /// Whether a CA that verifies something is left for a plan of its own.
  ///
  /// @param moved the steps that the removal would wait for
  static boolean isDue(CaSpec spec, Certificate old, List<String> moved, Instant asOf) {
    return spec.retire() == Retire.MANUAL && !moved.isEmpty() && !old.validity().expiredAt(asOf);
  }

  LaterRemoval at(Instant from, Set<String> narrowedThen) {
    return new LaterRemoval(
        rotation,
        ca,
        namespaces,
        namespaces.stream().filter(narrowedThen::contains).toList(),
        soak.id(),
        from);
  }
}
