package newleaf.drift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.journal.Entry;
import newleaf.journal.Line;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedCa;
import newleaf.observed.WorkerRef;
import newleaf.plan.Action;

/// What newleaf itself has begun since a point of its journal, including what was not ended by
/// then. A begun step explains its effect and also its absence: it may not have come to it, or its
/// effect may show late.
///
/// @param made the certificates a CA's address has stood for
/// @param issued the leaves made for a place since
record Deeds(
    List<Action> begun, Map<String, Set<Fingerprint>> made, Map<String, Set<Fingerprint>> issued) {

  /// @param serial how far the journal was
  /// @param known generations of CAs seen at any time
  static Deeds after(long serial, List<Line> journal, List<ObservedCa> known) {
    Map<String, Action> open = new HashMap<>();
    List<Action> begun = new ArrayList<>();
    Map<String, Set<Fingerprint>> made = new HashMap<>();
    Map<String, Set<Fingerprint>> issued = new HashMap<>();
    known.forEach(ca -> put(made, ca.address(), ca.certificate().fingerprint()));
    for (Line line : journal) {
      boolean since = line.seq() > serial;
      switch (line.entry()) {
        case Entry.Begun b when since -> begun.add(b.step().action());
        case Entry.Begun b -> open.put(b.attempt(), b.step().action());
        case Entry.Ended e when !since -> open.remove(e.attempt());
        case Entry.CaMade m -> put(made, m.ca(), m.fingerprint());
        case Entry.LeafIssued l when since || reissuing(open, l.place()) ->
            put(issued, l.place(), l.leaf());
        case Entry.RunStarted _,
            Entry.Proved _,
            Entry.Ended _,
            Entry.GateOpened _,
            Entry.Approved _,
            Entry.PutBack _,
            Entry.LeafIssued _ -> {}
      }
    }
    begun.addAll(open.values());
    return new Deeds(begun, made, issued);
  }

  private static boolean reissuing(Map<String, Action> open, String place) {
    return open.values().stream()
        .anyMatch(a -> a instanceof Action.ReissueLeaf && a.address().equals(place));
  }

  private static void put(
      Map<String, Set<Fingerprint>> map, String address, Fingerprint fingerprint) {
    map.computeIfAbsent(address, _ -> new HashSet<>()).add(fingerprint);
  }

  /// A CA is there that was not: trusted, or put back after a removal.
  boolean adds(String namespace, Fingerprint ca) {
    return begun.stream()
        .anyMatch(action ->
            switch (action) {
              case Action.TrustCa a ->
                  a.namespace().equals(namespace) && stoodFor(a.ca().address(), ca);
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
              case Action.TrustCa a -> a.namespace().equals(namespace) && a.expired().contains(ca);
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

  private static boolean retires(Action.RetireCa a, String namespace, Fingerprint ca) {
    return a.namespace().equals(namespace) && a.certificate().fingerprint().equals(ca);
  }

  private boolean stoodFor(String address, Fingerprint ca) {
    return made.getOrDefault(address, Set.of()).contains(ca);
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

  boolean reissues(LeafPlace place) {
    return begun.stream()
        .anyMatch(a -> a instanceof Action.ReissueLeaf leaf && leaf.place().equals(place));
  }

  boolean restarts(WorkerRef worker) {
    return begun.stream()
        .anyMatch(a ->
            (a instanceof Action.RollWorker || a instanceof Action.ScaleWorker)
                && a.address().equals(worker.address()));
  }

  boolean makes(String ca, Fingerprint certificate) {
    return begun.stream().anyMatch(a -> a instanceof Action.IssueCa && a.address().equals(ca))
        && stoodFor(ca, certificate);
  }
}
