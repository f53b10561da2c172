package newleaf.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.Recorded;
import newleaf.observed.RolledBack;

/// Somebody wants a CA to go back to an earlier generation, or forward again to the newest.
///
/// @param ca the name in the YAML
/// @param from the newest generation
/// @param to the generation that shall issue
/// @param recorded the journal has it already
public record Rollback(String ca, int from, int to, boolean recorded) {
  public Rollback { // it may come from a file, and stands in commands to copy
    if (!ca.matches("[a-z0-9-]+") || to < 1 || from < to) {
      throw new IllegalArgumentException("a rollback of no CA, or to no generation of it");
    }
  }

  public boolean goesBack() {
    return to < from;
  }

  /// To a generation of newleaf's. Empty when there is none of that number.
  public static Optional<Rollback> to(int generation, String ca, Observed observed) {
    List<Integer> own = own(ca, observed);
    return own.contains(generation)
        ? Optional.of(new Rollback(ca, own.getLast(), generation, false))
        : Optional.empty();
  }

  /// To the one that issued before the newest: the generation before it, or where the CA stayed
  /// when it had been rolled back from that. Empty when newleaf has made no other.
  public static Optional<Rollback> before(String ca, Observed observed) {
    List<Integer> own = own(ca, observed);
    if (own.size() < 2) {
      return Optional.empty();
    }
    int before = own.get(own.size() - 2);
    int used =
        observed
            .recorded()
            .rolledBack(ca)
            .filter(r -> r.goesBack() && r.from() == before)
            .map(RolledBack::to)
            .orElse(before);
    return to(used, ca, observed);
  }

  private static List<Integer> own(String ca, Observed observed) {
    return observed.generations(ca).stream()
        .filter(g -> !g.adopted())
        .map(ObservedCa::generation)
        .toList();
  }

  Rollback in(Recorded recorded) {
    boolean there =
        recorded.rolledBack(ca).filter(r -> r.from() == from && r.to() == to).isPresent();
    return new Rollback(ca, from, to, there);
  }

  /// What the journal says already, or will say when this is carried out.
  RolledBack entry(Recorded recorded, Instant asOf) {
    return recorded
        .rolledBack(ca)
        .filter(_ -> in(recorded).recorded())
        .orElseGet(() -> new RolledBack(ca, from, to, asOf, "this plan"));
  }
}
