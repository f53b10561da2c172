package newleaf.adopt;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.observed.Observer;

/// Which accepted CA certificates stand for one CA: a root with the intermediates below it, which
/// can only go together, and copies of one CA with other dates, whose leaves nobody can tell apart.
final class Chains {
  private final Map<Fingerprint, X509Certificate> certificates = new LinkedHashMap<>();

  /// The representative of the group of each; at the end of this chain is one that stands for
  /// itself.
  private final Map<Fingerprint, Fingerprint> joined = new LinkedHashMap<>();

  private Chains() {}

  /// @param bundles of each namespace
  static List<List<X509Certificate>> of(Collection<List<X509Certificate>> bundles) {
    Chains chains = new Chains();
    bundles.forEach(chains::add);
    bundles.forEach(chains::joinIssuers);
    chains.joinCopies();
    return chains.groups();
  }

  private void add(List<X509Certificate> bundle) {
    for (X509Certificate ca : bundle) {
      certificates.putIfAbsent(Fingerprint.of(ca), ca);
      joined.putIfAbsent(Fingerprint.of(ca), Fingerprint.of(ca));
    }
  }

  private void joinIssuers(List<X509Certificate> bundle) {
    for (X509Certificate ca : bundle) {
      if (!selfIssued(ca)) {
        Observer.among(bundle).of(ca).ifPresent(issuer -> join(Fingerprint.of(ca), issuer));
      }
    }
  }

  private void joinCopies() {
    Map<List<Object>, Fingerprint> first = new LinkedHashMap<>();
    certificates.forEach((fingerprint, ca) -> {
      List<Object> identity = List.of(ca.getSubjectX500Principal(), ca.getPublicKey());
      Optional.ofNullable(first.putIfAbsent(identity, fingerprint))
          .ifPresent(other -> join(other, fingerprint));
    });
  }

  private void join(Fingerprint one, Fingerprint other) {
    joined.put(representative(one), representative(other));
  }

  private Fingerprint representative(Fingerprint of) {
    Fingerprint up = joined.get(of);
    return up.equals(of) ? of : representative(up);
  }

  private List<List<X509Certificate>> groups() {
    Map<Fingerprint, List<X509Certificate>> groups = new LinkedHashMap<>();
    certificates.forEach((fingerprint, ca) ->
        groups.computeIfAbsent(representative(fingerprint), _ -> new ArrayList<>()).add(ca));
    return groups.values().stream().map(Chains::issuedFirst).toList();
  }

  private static List<X509Certificate> issuedFirst(List<X509Certificate> group) {
    return group.stream()
        .sorted(
            Comparator.comparingInt((X509Certificate ca) -> depth(ca, group))
                .reversed()
                .thenComparing(X509Certificate::getNotAfter))
        .toList();
  }

  /// How many issuers of the group are above; bounded, since a group can issue itself in a ring.
  private static int depth(X509Certificate ca, List<X509Certificate> group) {
    int depth = 0;
    X509Certificate at = ca;
    while (depth < group.size() && !selfIssued(at)) {
      Optional<X509Certificate> up = issuer(at, group);
      if (up.isEmpty()) {
        return depth;
      }
      at = up.get();
      depth++;
    }
    return depth;
  }

  private static Optional<X509Certificate> issuer(X509Certificate of, List<X509Certificate> group) {
    return Observer.among(group)
        .of(of)
        .flatMap(f -> group.stream().filter(ca -> Fingerprint.of(ca).equals(f)).findFirst());
  }

  private static boolean selfIssued(X509Certificate ca) {
    return Arrays.equals(
        ca.getSubjectX500Principal().getEncoded(), ca.getIssuerX500Principal().getEncoded());
  }
}
