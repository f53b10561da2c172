package newleaf.drift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import newleaf.cert.Fingerprint;
import newleaf.journal.Entry;
import newleaf.journal.Line;
import newleaf.observed.ObservedCa;
import newleaf.plan.Action;

/// Reads from the journal what was done since a point of it.
final class DeedLog {
  private final long serial;
  private final List<Action> begun = new ArrayList<>();
  private final Map<String, Action> openThen = new LinkedHashMap<>();
  private final Map<String, Action> open = new LinkedHashMap<>();
  private final Map<String, Set<Fingerprint>> made = new HashMap<>();
  private final Map<String, Set<Fingerprint>> issued = new HashMap<>();

  private DeedLog(long serial) {
    this.serial = serial;
  }

  /// @param serial how far the journal was
  /// @param known generations of CAs seen at any time
  static Deeds after(long serial, List<Line> journal, List<ObservedCa> known) {
    DeedLog log = new DeedLog(serial);
    journal.forEach(log::read);
    Map<String, Set<Fingerprint>> seen = new HashMap<>();
    known.forEach(ca -> put(seen, ca.address(), ca.certificate().fingerprint()));
    log.begun.addAll(log.openThen.values());
    return new Deeds(log.begun, List.copyOf(log.open.values()), log.made, seen, log.issued);
  }

  private void read(Line line) {
    boolean since = line.seq() > serial;
    switch (line.entry()) {
      case Entry.Begun b -> begun(b, since);
      case Entry.Ended e -> ended(e, since);
      case Entry.CaMade m -> put(made, m.ca(), m.fingerprint());
      // also when its step was open at that point, and forgotten with the step if that ended
      case Entry.LeafIssued l -> put(issued, l.place(), l.leaf());
      case Entry.RunStarted _,
          Entry.Proved _,
          Entry.GateOpened _,
          Entry.Approved _,
          Entry.PutBack _,
          Entry.RolledBack _,
          Entry.CaKept _ -> {}
    }
  }

  private void begun(Entry.Begun b, boolean since) {
    open.put(b.attempt(), b.step().action());
    if (since) {
      begun.add(b.step().action());
    } else {
      openThen.put(b.attempt(), b.step().action());
    }
  }

  private void ended(Entry.Ended e, boolean since) {
    open.remove(e.attempt());
    if (!since && openThen.remove(e.attempt()) instanceof Action.ReissueLeaf reissued) {
      issued.remove(reissued.address());
    }
  }

  private static void put(
      Map<String, Set<Fingerprint>> map, String address, Fingerprint fingerprint) {
    map.computeIfAbsent(address, _ -> new HashSet<>()).add(fingerprint);
  }
}
