package newleaf.observed;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.KeyIdentifiers;
import newleaf.cert.Signatures;

/// Looks once at everything in the scope.
///
/// @param beside where each part of the world is looked at: looks at Temporal Cloud and at clusters
///   mostly wait, so in threads of their own all take no longer than the longest
public record Observer(
    Namespaces namespaces,
    Cas cas,
    Leaves leaves,
    Workers workers,
    OtherSecrets others,
    Executor beside) {

  /// One look after the other.
  public Observer(
      Namespaces namespaces, Cas cas, Leaves leaves, Workers workers, OtherSecrets others) {
    this(namespaces, cas, leaves, workers, others, Runnable::run);
  }

  /// Where there is no cluster.
  public Observer(Namespaces namespaces, Cas cas, Leaves leaves, Workers workers) {
    this(namespaces, cas, leaves, workers, OtherSecrets.NONE);
  }

  public Observed observe(Scope scope, Recorded recorded, Instant asOf) {
    var looks = new Looks(beside);
    var readNamespaces = looks.begin(() -> namespaces.read(scope.namespaces()));
    var ownCas = looks.begin(() -> cas.readAll(scope.cas()));
    var readCas = readNamespaces.thenCombine(ownCas, (n, own) -> withAdopted(scope, own, n));
    // whose leaf is whose can only be said against their keys, so the first leaf waits for them
    var issuers = readNamespaces.thenCombine(readCas, Observer::issuers);
    var readLeaves =
        looks.begin(() -> leaves.read(scope.places(), leaf -> issuers.join().of(leaf)));
    var readWorkers = looks.begin(() -> workers.read(scope.workers()));
    looks.end();
    return new Observed(
        asOf,
        readNamespaces.join().stream().map(NamespaceReading::namespace).toList(),
        readCas.join().stream().map(CaReading::ca).toList(),
        readLeaves.join(),
        readWorkers.join(),
        recorded,
        sweep(readNamespaces.join(), readCas.join()));
  }

  /// Every Secret of a cluster is a lot to ask for, so only while a namespace accepts two of the
  /// CAs and one of them may be on its way out.
  private Optional<Sweep> sweep(List<NamespaceReading> namespaces, List<CaReading> cas) {
    Set<Fingerprint> known =
        cas.stream().map(ca -> ca.ca().certificate().fingerprint()).collect(Collectors.toSet());
    boolean oneMayGo =
        namespaces.stream()
            .anyMatch(n ->
                n.namespace().acceptedClientCas().stream()
                        .map(Certificate::fingerprint)
                        .distinct()
                        .filter(known::contains)
                        .count()
                    > 1);
    return oneMayGo
        ? others.find(among(cas.stream().map(CaReading::certificate).distinct().toList()))
        : Optional.empty();
  }

  /// First those of the adopted CAs that some namespace accepts. One whose key newleaf has is no
  /// stranger, whatever the YAML says: it would be retired for itself.
  private static List<CaReading> withAdopted(
      Scope scope, List<CaReading> own, List<NamespaceReading> namespaces) {
    List<Scope.Adopted> adopted = scope.adopted();
    if (adopted.isEmpty()) {
      return own;
    }
    Map<Fingerprint, X509Certificate> accepted = new HashMap<>();
    for (NamespaceReading namespace : namespaces) {
      namespace.acceptedClientCas().forEach(ca -> accepted.put(Fingerprint.of(ca), ca));
    }
    own.forEach(ca -> accepted.remove(ca.ca().certificate().fingerprint()));
    Stream<CaReading> found =
        adopted.stream()
            .filter(a -> accepted.containsKey(a.certificate()))
            .map(a -> adopted(a.ca(), accepted.get(a.certificate())));
    return Stream.concat(found, own.stream()).toList();
  }

  private static CaReading adopted(String name, X509Certificate found) {
    Certificate certificate = Certificate.of(found);
    return new CaReading(new ObservedCa(name, ObservedCa.ADOPTED, certificate, false), found);
  }

  private static Issuers issuers(List<NamespaceReading> namespaces, List<CaReading> cas) {
    List<X509Certificate> known =
        Stream.concat(
                cas.stream().map(CaReading::certificate),
                namespaces.stream().flatMap(n -> n.acceptedClientCas().stream()))
            .distinct()
            .toList();
    return among(new ArrayList<>(known));
  }

  /// Whose key verifies the signature, among these. A thousand CAs can have one name, so those that
  /// the certificate hints at are tried first.
  public static Issuers among(List<X509Certificate> known) {
    Map<X500Principal, List<X509Certificate>> bySubject =
        known.stream().collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
    return certificate -> {
      Map<Boolean, List<X509Certificate>> named =
          bySubject.getOrDefault(certificate.getIssuerX500Principal(), List.of()).stream()
              .collect(Collectors.partitioningBy(ca -> KeyIdentifiers.agree(ca, certificate)));
      return Stream.concat(named.get(true).stream(), named.get(false).stream())
          .filter(ca -> Signatures.verifies(ca, certificate))
          .map(Fingerprint::of)
          .findFirst();
    };
  }
}
