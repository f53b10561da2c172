package newleaf.emulator.frontend;

import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Certificate policies along a chain (RFC 9618): any will do, unless a CA requires one. Since no
/// policy is wanted in particular, the lowest level of the graph is all that has to be known. The
/// JDK's own checks are not used, because they judge names and algorithms first.
final class Policies {
  private static final String ANY = "2.5.29.32.0";

  /// The policies still valid at this depth, each with what the next certificate may call it.
  private Map<String, Set<String>> valid = new HashMap<>(Map.of(ANY, Set.of(ANY)));

  private int explicit;
  private int mapping;
  private int inhibitAny;

  private Policies(int length) {
    explicit = length + 1;
    mapping = length + 1;
    inhibitAny = length + 1;
  }

  /// @param chain leaf first, anchor last
  static Optional<String> problem(List<X509Certificate> chain) {
    List<X509Certificate> path = chain.subList(0, chain.size() - 1).reversed();
    Policies policies = new Policies(path.size());
    for (int i = 0; i < path.size(); i++) {
      PolicyTerms terms = PolicyTerms.of(path.get(i));
      if (!policies.admit(terms, i == path.size() - 1)) {
        return Optional.of(IssuerRules.text(path.get(i)) + " has no policy that its CA requires");
      }
    }
    return Optional.empty();
  }

  private boolean admit(PolicyTerms terms, boolean last) {
    if (terms.policies().isEmpty()) {
      valid = Map.of();
    }
    if (explicit == 0 && valid.isEmpty()) {
      return false;
    }
    descend(terms, inhibitAny > 0 || !last && terms.selfIssued());
    if (last) {
      boolean required = explicit <= 1 || terms.requireExplicit().equals(Optional.of(0));
      return !required || !valid.isEmpty();
    }
    if (!map(terms)) {
      return false;
    }
    count(terms);
    return true;
  }

  private void descend(PolicyTerms terms, boolean anyCounts) {
    Set<String> expected = new HashSet<>();
    valid.values().forEach(expected::addAll);
    Map<String, Set<String>> next = new HashMap<>();
    for (String policy : terms.policies()) {
      if (!policy.equals(ANY) && (expected.contains(policy) || expected.contains(ANY))) {
        next.put(policy, Set.of(policy));
      }
    }
    if (terms.policies().contains(ANY) && anyCounts) {
      expected.forEach(policy -> next.putIfAbsent(policy, Set.of(policy)));
    }
    valid = next;
  }

  /// False when the certificate maps from or to any policy, which nobody may.
  private boolean map(PolicyTerms terms) {
    Map<String, Set<String>> mappings = terms.mappings();
    if (mapping == 0) {
      mappings.keySet().forEach(valid::remove);
      return true;
    }
    // without a policy of its own the certificate has nothing to map
    if (!terms.policies().isEmpty()
        && (mappings.containsKey(ANY)
            || mappings.values().stream().anyMatch(s -> s.contains(ANY)))) {
      return false;
    }
    mappings.forEach((issuers, subjects) -> {
      if (valid.containsKey(issuers) || valid.containsKey(ANY)) {
        valid.put(issuers, subjects);
      }
    });
    return true;
  }

  private void count(PolicyTerms terms) {
    if (!terms.selfIssued()) {
      explicit = Math.max(0, explicit - 1);
      mapping = Math.max(0, mapping - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    explicit = Math.min(explicit, terms.requireExplicit().orElse(explicit));
    mapping = Math.min(mapping, terms.inhibitMapping().orElse(mapping));
    inhibitAny = Math.min(inhibitAny, terms.inhibitAny().orElse(inhibitAny));
  }
}
