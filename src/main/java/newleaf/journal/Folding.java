package newleaf.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import newleaf.observed.JournalPosition;
import newleaf.observed.ObservedCa;
import newleaf.observed.Recorded;
import newleaf.observed.RolledBack;
import newleaf.plan.Action;
import newleaf.plan.Step;

/// What the lines of a journal come to.
final class Folding {
  private Folding() {}

  /// Steps that were begun and not ended, oldest first.
  static List<Entry.Begun> unfinished(List<Line> lines) {
    Map<String, Entry.Begun> open = new LinkedHashMap<>();
    for (Line line : lines) {
      switch (line.entry()) {
        case Entry.Begun begun -> open.put(begun.attempt(), begun);
        case Entry.Ended ended -> open.remove(ended.attempt());
        case Entry.RunStarted _,
            Entry.Proved _,
            Entry.GateOpened _,
            Entry.Approved _,
            Entry.PutBack _,
            Entry.RolledBack _,
            Entry.CaMade _,
            Entry.CaKept _,
            Entry.LeafIssued _ -> {}
      }
    }
    return new ArrayList<>(open.values());
  }

  static Recorded recorded(List<Line> lines, JournalPosition position) {
    Soaks<Instant> gates = new Soaks<>();
    Set<String> approvals = new HashSet<>();
    Set<String> putBack = new HashSet<>();
    Map<String, Line> rolledBack = new TreeMap<>();
    Ledger ledger = new Ledger();
    for (Line line : lines) {
      switch (line.entry()) {
        case Entry.GateOpened opened -> gates.open(opened.gate(), line.at());
        case Entry.Approved approved -> approvals.add(approved.gate());
        case Entry.PutBack back -> {
          putBack.add(back.ca());
          approvals.removeIf(gate -> removes(gate, back.ca())); // what was approved went wrong
        }
        case Entry.Begun begun -> {
          gates.begun(begun.step());
          ledger.begun(begun.step());
          rolledBack
              .values()
              .removeIf(l -> wentForward((Entry.RolledBack) l.entry(), begun.step()));
        }
        case Entry.RolledBack back -> {
          rolledBack.put(back.ca(), line);
          approvals.removeIf(gate -> removesOneOf(gate, back)); // they were for the way forward
        }
        case Entry.LeafIssued issued -> ledger.issued(issued);
        case Entry.RunStarted _, Entry.Proved _, Entry.Ended _, Entry.CaMade _, Entry.CaKept _ -> {}
      }
    }
    return new Recorded(
        position,
        gates.opened(),
        approvals,
        putBack,
        rolledBack.values().stream().map(Folding::rolledBack).toList(),
        ledger.latest());
  }

  private static RolledBack rolledBack(Line line) {
    var back = (Entry.RolledBack) line.entry();
    return new RolledBack(back.ca(), back.from(), back.to(), line.at(), back.who());
  }

  static boolean removes(String gate, String ca) {
    return gate.equals("retire/" + ca)
        || gate.matches("(retire|replace)/namespace/[^/]+/" + Pattern.quote(ca));
  }

  /// Its time was over, so leaves come from the newest again; nothing brings it back by itself.
  static boolean wentForward(Entry.RolledBack back, Step step) {
    return back.from() > back.to()
        && step.action() instanceof Action.ReissueLeaf leaf
        && leaf.ca().ca().name().equals(back.ca())
        && leaf.ca().generation() == back.from();
  }

  static boolean removesOneOf(String gate, Entry.RolledBack back) {
    return IntStream.rangeClosed(back.to(), back.from())
        .anyMatch(g -> removes(gate, ObservedCa.address(back.ca(), g)));
  }
}
