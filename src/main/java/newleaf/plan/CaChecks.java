package newleaf.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import newleaf.cert.Certificate;
import newleaf.cert.DistinguishedName;
import newleaf.desired.CaSpec;
import newleaf.observed.ObservedCa;

/// Must a new generation of a CA be made, and why. The first check that answers wins. Of what
/// somebody else made only the dates count: its key is never held, and its names are its own.
final class CaChecks {
  private CaChecks() {}

  static Optional<Reason> due(CaSpec spec, List<ObservedCa> generations, Instant asOf) {
    if (generations.isEmpty()) {
      return Optional.of(new Reason.Missing());
    }
    ObservedCa newest = generations.getLast();
    if (newest.adopted()) {
      return generations.stream()
          .map(ca -> dates(spec, ca, asOf))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return dates(spec, newest, asOf).or(() -> keyLost(newest)).or(() -> specChanged(spec, newest));
  }

  private static Optional<Reason> dates(CaSpec spec, ObservedCa ca, Instant asOf) {
    return ExpiryChecks.expired(ca.certificate(), asOf)
        .or(() -> ExpiryChecks.nearing(ca.certificate(), spec.renewBefore(), asOf));
  }

  private static Optional<Reason> keyLost(ObservedCa ca) {
    return ca.keyHeld() ? Optional.empty() : Optional.of(new Reason.KeyMismatch());
  }

  static Optional<Reason.SpecChanged> specChanged(CaSpec spec, ObservedCa found) {
    Certificate ca = found.certificate();
    if (!ca.key().equals(spec.profile().key().text())) {
      return Optional.of(new Reason.SpecChanged("key", ca.key(), spec.profile().key().text()));
    }
    DistinguishedName is = ca.subject();
    if (!is.organization().equals(spec.profile().subject().organization())
        || !is.organizationalUnit().equals(spec.profile().subject().organizationalUnit())
        || !named(spec, found)) {
      return Optional.of(
          new Reason.SpecChanged("subject", is.value(), spec.profile().subject().text()));
    }
    return Optional.empty();
  }

  /// A generation that was made of an earlier one's key has the name of that one.
  private static boolean named(CaSpec spec, ObservedCa found) {
    Optional<String> is = found.certificate().subject().commonName();
    return IntStream.rangeClosed(1, found.generation())
        .mapToObj(spec.profile()::commonName)
        .anyMatch(name -> is.equals(Optional.of(name)));
  }
}
