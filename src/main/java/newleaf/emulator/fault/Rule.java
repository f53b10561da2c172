package newleaf.emulator.fault;

import java.util.Optional;
import java.util.Set;

/// A fault, and when it strikes.
///
/// @param methods the calls that fit
/// @param resource the only one that fits; empty for any
public record Rule(Fault fault, Set<String> methods, Optional<String> resource, Schedule schedule) {
  public Rule {
    methods = Set.copyOf(methods);
  }

  public static Rule of(Fault fault, String method, Schedule schedule) {
    return new Rule(fault, Set.of(method), Optional.empty(), schedule);
  }

  boolean fits(Site site) {
    return methods.contains(site.method()) && resource.map(site.resource()::equals).orElse(true);
  }
}
