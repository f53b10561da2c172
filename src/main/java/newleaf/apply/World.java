package newleaf.apply;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.apply.Prover.Endpoint;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.observed.CaReading;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.NamespaceReading;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.Observer;
import newleaf.plan.CaGeneration;

/// Fresh looks at single resources, as steps need them before and after their effect.
record World(Ports ports) {

  NamespaceReading namespace(String name) {
    return ports.namespaces().read(List.of(name)).stream()
        .findFirst()
        .orElseThrow(() -> Failures.moved("namespace/" + name, "does not exist any more."));
  }

  /// Where workers connect to, as the service says now.
  Endpoint endpoint(String namespace) {
    return endpoint(namespace(namespace));
  }

  /// As it was read before a change: none moves an endpoint. Where there was none, mTLS was off,
  /// and the change may have made one.
  Endpoint endpointAfter(NamespaceReading before) {
    return before.namespace().mtlsAddress().isPresent()
        ? endpoint(before)
        : endpoint(before.namespace().name());
  }

  static Endpoint endpoint(NamespaceReading reading) {
    String namespace = reading.namespace().name();
    return reading
        .namespace()
        .mtlsAddress()
        .map(address -> new Endpoint(namespace, address))
        .orElseThrow(
            () -> Failures.moved("namespace/" + namespace, "has no mTLS endpoint (mTLS is off)."));
  }

  Optional<CaReading> ca(CaGeneration ca) {
    return ports.cas().read(ca.ca()).stream()
        .filter(r -> r.ca().generation() == ca.generation())
        .findFirst();
  }

  X509Certificate certificate(CaGeneration ca) {
    return ca(ca)
        .map(CaReading::certificate)
        .orElseThrow(() -> Failures.moved(ca.address(), "is not where its keys live any more."));
  }

  ObservedLeaf leaf(LeafPlace place, X509Certificate issuer) {
    Issuers among = Observer.among(List.of(issuer));
    return ports.leaves().read(List.of(place), among).getFirst();
  }

  HeldCertificate heldAt(LeafPlace place) {
    return ports
        .delivery()
        .current(place)
        .orElseThrow(() -> Failures.moved(place.address(), "holds no leaf any more."));
  }

  /// The leaf in use at a place, when the namespace should accept it as things are.
  Optional<HeldCertificate> acceptedLeaf(LeafPlace place, NamespaceReading namespace) {
    Issuers among =
        Observer.among(namespace.acceptedClientCas().stream().filter(this::validNow).toList());
    return ports
        .delivery()
        .current(place)
        .filter(held -> validNow(held.certificate()))
        .filter(held ->
            CertificateFilter.anyMatches(
                namespace.namespace().filters(), Certificate.of(held.certificate())))
        .filter(held -> among.of(held.certificate()).isPresent());
  }

  Optional<Instant> writtenAt(LeafPlace place) {
    return ports.leaves().read(List.of(place), _ -> Optional.empty()).getFirst().writtenAt();
  }

  boolean comesFrom(X509Certificate issuer, HeldCertificate leaf) {
    return Observer.among(List.of(issuer))
        .of(leaf.certificate())
        .equals(Optional.of(Fingerprint.of(issuer)));
  }

  boolean validNow(X509Certificate certificate) {
    return Certificate.of(certificate).validity().holdsAt(ports.time().instant());
  }
}
