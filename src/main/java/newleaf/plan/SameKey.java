package newleaf.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.Renewal;
import newleaf.observed.ObservedCa;

/// Generations of a CA that share a key: a new key always comes with a new subject, so those of one
/// subject have one key.
record SameKey(List<ObservedCa> generations, Optional<DistinguishedName> subject) {

  /// Those that the target belongs to, made or still to be made.
  static SameKey of(List<ObservedCa> generations, boolean isNewKey) {
    return isNewKey || generations.isEmpty()
        ? new SameKey(generations, Optional.empty())
        : of(generations, generations.getLast());
  }

  static SameKey of(List<ObservedCa> generations, ObservedCa one) {
    return new SameKey(generations, Optional.of(one.certificate().subject()));
  }

  /// The next generation can be made of the key of the newest.
  static boolean suffices(CaSpec spec, List<ObservedCa> generations, Optional<Reason> due) {
    return spec.renewal() == Renewal.SAME_KEY
        && due.filter(Reason.NearingExpiry.class::isInstance).isPresent()
        && generations.getLast().keyHeld();
  }

  boolean contains(ObservedCa ca) {
    return subject.filter(s -> s.sameAs(ca.certificate().subject())).isPresent();
  }

  Set<Fingerprint> fingerprints() {
    return generations.stream()
        .filter(this::contains)
        .map(g -> g.certificate().fingerprint())
        .collect(Collectors.toSet());
  }
}
