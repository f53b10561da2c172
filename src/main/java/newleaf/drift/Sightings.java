package newleaf.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.desired.Desired;
import newleaf.desired.LeafSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.plan.Plan.Role;

/// Every certificate that matters to somebody now: CAs that are accepted, used or newest, CAs of
/// others in the bundles, and the leaves in their places.
final class Sightings {
  private final Desired desired;
  private final Observed live;
  private final Map<Fingerprint, List<String>> trusting = new LinkedHashMap<>();
  private final Map<Fingerprint, Certificate> accepted = new LinkedHashMap<>();

  private Sightings(Desired desired, Observed live) {
    this.desired = desired;
    this.live = live;
    for (ObservedNamespace namespace : live.namespaces()) {
      for (Certificate ca : namespace.acceptedClientCas()) {
        accepted.putIfAbsent(ca.fingerprint(), ca);
        trusting.computeIfAbsent(ca.fingerprint(), _ -> new ArrayList<>()).add(namespace.name());
      }
    }
  }

  static List<Sighting> of(Desired desired, Observed live) {
    Sightings sightings = new Sightings(desired, live);
    return Stream.of(sightings.own(), sightings.foreign(), sightings.leaves())
        .flatMap(s -> s)
        .toList();
  }

  private Stream<Sighting> own() {
    return live.cas().stream()
        .filter(ca -> isNewest(ca) || inUse(live, ca))
        .map(ca ->
            new Sighting(
                Role.CA, ca.address(), ca.certificate(), trusting(ca.certificate()), renewal(ca)));
  }

  private Stream<Sighting> foreign() {
    Set<Fingerprint> own =
        live.cas().stream().map(c -> c.certificate().fingerprint()).collect(Collectors.toSet());
    return accepted.values().stream()
        .filter(ca -> !own.contains(ca.fingerprint()))
        .map(ca ->
            new Sighting(
                Role.FOREIGN_CA,
                "foreign-ca/" + ca.fingerprint().shortText(),
                ca,
                trusting(ca),
                Optional.empty()));
  }

  private Stream<Sighting> leaves() {
    Map<LeafPlace, LeafSpec> specs = Places.of(desired);
    return live.leaves().stream()
        .flatMap(l ->
            l.certificate().stream()
                .map(c ->
                    new Sighting(
                        Role.LEAF,
                        l.place().address(),
                        c,
                        List.of(),
                        Optional.ofNullable(specs.get(l.place()))
                            .map(s -> renewal(c, s.renewBefore().value())))));
  }

  private Optional<Instant> renewal(ObservedCa ca) {
    return desired.cas().stream()
        .filter(s -> s.name().equals(ca.name()) && isNewest(ca))
        .findFirst()
        .map(s -> renewal(ca.certificate(), s.renewBefore().value()));
  }

  private static Instant renewal(Certificate certificate, Duration renewBefore) {
    return certificate.validity().renewAt(renewBefore);
  }

  private boolean isNewest(ObservedCa ca) {
    return live.generations(ca.name()).getLast().equals(ca);
  }

  private List<String> trusting(Certificate ca) {
    return trusting.getOrDefault(ca.fingerprint(), List.of());
  }

  /// Some namespace accepts it, or a leaf in place comes from it.
  static boolean inUse(Observed live, ObservedCa ca) {
    Fingerprint fingerprint = ca.certificate().fingerprint();
    return live.namespaces().stream().anyMatch(n -> n.trusts(fingerprint))
        || live.leaves().stream().anyMatch(l -> issuedBy(l, fingerprint));
  }

  static boolean issuedBy(ObservedLeaf leaf, Fingerprint ca) {
    return leaf.issuedBy().filter(ca::equals).isPresent();
  }
}
