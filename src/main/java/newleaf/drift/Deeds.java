package newleaf.drift;

import java.util.List;
import java.util.Map;
import java.util.Set;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import newleaf.plan.Action;

/// What newleaf itself has begun since a point of its journal, including what was not ended by
/// then. A begun step explains its effect and also its absence: it may not have come to it, or its
/// effect may show late.
///
/// @param open what is not ended to this day
/// @param made the certificates newleaf made for a CA's address
/// @param seen the certificates seen at a CA's address, for those made before the journal
/// @param issued the leaves made for a place since
record Deeds(
    List<Action> begun,
    List<Action> open,
    Map<String, Set<Fingerprint>> made,
    Map<String, Set<Fingerprint>> seen,
    Map<String, Set<Fingerprint>> issued) {

  /// A CA is there that was not: trusted, or put back after a removal.
  boolean adds(String namespace, Fingerprint ca) {
    return begun.stream()
        .anyMatch(action ->
            switch (action) {
              case Action.TrustCa a ->
                  a.namespace().equals(namespace)
                      && (stoodFor(a.ca().address(), ca) || replaces(a, ca));
              case Action.RetireCa a -> retires(a, namespace, ca);
              case Action.IssueCa _,
                  Action.SetFilters _,
                  Action.ReissueLeaf _,
                  Action.RollWorker _,
                  Action.ScaleWorker _,
                  Action.AwaitReload _ ->
                  false;
            });
  }

  /// A CA is gone that was there: retired, or expired and dropped with another update.
  boolean drops(String namespace, Fingerprint ca) {
    return begun.stream()
        .anyMatch(action ->
            switch (action) {
              case Action.TrustCa a -> a.namespace().equals(namespace) && drops(a, ca);
              case Action.RetireCa a ->
                  retires(a, namespace, ca)
                      || a.namespace().equals(namespace) && a.expired().contains(ca);
              case Action.SetFilters a ->
                  a.namespace().equals(namespace) && a.expired().contains(ca);
              case Action.IssueCa _,
                  Action.ReissueLeaf _,
                  Action.RollWorker _,
                  Action.ScaleWorker _,
                  Action.AwaitReload _ ->
                  false;
            });
  }

  /// The expired ones; the one that is replaced, or when it was put back the one that replaced it.
  private boolean drops(Action.TrustCa a, Fingerprint ca) {
    return a.expired().contains(ca)
        || replaces(a, ca)
        || a.replaces().isPresent() && stoodFor(a.ca().address(), ca);
  }

  private boolean replaces(Action.TrustCa a, Fingerprint ca) {
    return a.replaces().filter(old -> stoodFor(old.address(), ca)).isPresent();
  }

  private static boolean retires(Action.RetireCa a, String namespace, Fingerprint ca) {
    return a.namespace().equals(namespace) && a.certificate().fingerprint().equals(ca);
  }

  private boolean stoodFor(String address, Fingerprint ca) {
    Set<Fingerprint> ours = made.getOrDefault(address, Set.of());
    return (ours.isEmpty() ? seen.getOrDefault(address, Set.of()) : ours).contains(ca);
  }

  boolean filters(String namespace, Set<CertificateFilter> now) {
    return begun.stream()
        .anyMatch(a ->
            a instanceof Action.SetFilters set
                && set.namespace().equals(namespace)
                && (now.equals(Set.copyOf(set.after())) || now.equals(Set.copyOf(set.before()))));
  }

  boolean turnsMtlsOn(String namespace) {
    return begun.stream()
        .anyMatch(a -> a instanceof Action.TrustCa trust && trust.namespace().equals(namespace));
  }

  boolean issued(LeafPlace place, Fingerprint leaf) {
    return issued.getOrDefault(place.address(), Set.of()).contains(leaf);
  }

  /// A reissue is not ended: it may be between two files.
  boolean reissuing(LeafPlace place) {
    return open.stream()
        .anyMatch(a -> a instanceof Action.ReissueLeaf leaf && leaf.place().equals(place));
  }

  boolean restarting(WorkerRef worker) {
    return open.stream()
        .anyMatch(a ->
            (a instanceof Action.RollWorker || a instanceof Action.ScaleWorker)
                && a.address().equals(worker.address()));
  }

  boolean makes(String ca, Fingerprint certificate) {
    return begun.stream().anyMatch(a -> a instanceof Action.IssueCa && a.address().equals(ca))
        && stoodFor(ca, certificate);
  }
}
