package newleaf.plan;

import java.util.List;
import java.util.stream.Stream;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.Scope;
import newleaf.observed.Workers;

/// What has to be looked at to plan for a file.
public final class Scopes {
  private Scopes() {}

  public static Scope of(Desired desired) {
    List<Holder> holders = Holder.of(new Wanted(desired));
    return new Scope(
        desired.namespaces().stream().map(NamespaceSpec::name).toList(),
        desired.cas().stream().map(CaSpec::keys).toList(),
        desired.cas().stream().flatMap(Scopes::adopted).toList(),
        holders.stream().map(h -> h.target().place()).distinct().toList(),
        holders.stream()
            .filter(h -> h.target().deployment().isPresent())
            .map(h -> question(h.target()))
            .distinct()
            .toList());
  }

  private static Stream<Scope.Adopted> adopted(CaSpec ca) {
    return ca.adopted().stream().map(c -> new Scope.Adopted(ca.name(), c));
  }

  private static Workers.Question question(Action.Target target) {
    return new Workers.Question(target.deployment().orElseThrow(), target.place());
  }
}
