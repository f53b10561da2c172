package newleaf.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import newleaf.plan.Action;
import newleaf.plan.Step;

/// Picks the lines of a long journal that come to the same as all of them, when nothing is
/// unfinished. Lines, not a sum of them: whoever reads a journal reads on as before.
final class StillCounting {
  private final Soaks<Line> gates = new Soaks<>();
  private final Map<String, Line> approvals = new HashMap<>();
  private final Map<String, Line> putBack = new HashMap<>();
  private final Map<String, Line> rolledBack = new HashMap<>();
  private final List<Line> certificates = new ArrayList<>();
  private final Map<String, Line> issued = new HashMap<>();
  private final Map<String, Line> lastOfKind = new HashMap<>();

  /// The last reissue of each place, and those that the leaves came of.
  private final Map<String, Line> reissues = new HashMap<>();

  private final Map<String, Line> issuedBy = new HashMap<>();
  private final Map<String, Line> ends = new HashMap<>();

  private StillCounting() {}

  /// @param since later lines all count: somebody has not seen yet what they say
  static List<Line> of(List<Line> lines, long since) {
    StillCounting counting = new StillCounting();
    lines.forEach(counting::read);
    TreeSet<Line> kept = new TreeSet<>(Comparator.comparingLong(Line::seq));
    lines.stream().filter(l -> l.seq() > since).forEach(kept::add);
    counting.lines().forEach(kept::add);
    return List.copyOf(kept);
  }

  private void read(Line line) {
    switch (line.entry()) {
      case Entry.GateOpened e -> gates.open(e.gate(), line);
      case Entry.Approved e -> approvals.put(e.gate(), line);
      case Entry.PutBack e -> {
        putBack.put(e.ca(), line);
        approvals.keySet().removeIf(gate -> Folding.removes(gate, e.ca()));
      }
      case Entry.RolledBack e -> {
        rolledBack.put(e.ca(), line);
        approvals.keySet().removeIf(gate -> Folding.removesOneOf(gate, e));
      }
      case Entry.Begun e -> begun(line, e.step());
      case Entry.Ended e -> ends.put(e.attempt(), line);
      case Entry.LeafIssued e -> issued(line, e);
      case Entry.CaMade _, Entry.CaKept _ -> certificates.add(line);
      case Entry.RunStarted _ -> lastOfKind.put("run", line);
      case Entry.Proved _ -> lastOfKind.put("proof", line);
    }
  }

  private void begun(Line line, Step step) {
    gates.begun(step);
    rolledBack
        .values()
        .removeIf(back -> Folding.wentForward((Entry.RolledBack) back.entry(), step));
    if (step.action() instanceof Action.ReissueLeaf reissue) {
      reissues.put(reissue.address(), line);
    }
  }

  /// The last of each issuer: leaves of an old CA are evidence when it is to be removed.
  private void issued(Line line, Entry.LeafIssued leaf) {
    String of = leaf.place() + " " + leaf.issuer().value();
    issued.put(of, line);
    Line by = reissues.get(leaf.place());
    if (by != null) {
      issuedBy.put(of, by);
    }
  }

  private Stream<Line> lines() {
    List<Line> begun =
        Stream.concat(reissues.values().stream(), issuedBy.values().stream()).toList();
    Stream<Line> ended =
        begun.stream()
            .map(line -> ((Entry.Begun) line.entry()).attempt())
            .filter(ends::containsKey)
            .map(ends::get);
    return Stream.of(
            gates.opened().values().stream(),
            approvals.values().stream(),
            putBack.values().stream(),
            rolledBack.values().stream(),
            certificates.stream(),
            issued.values().stream(),
            lastOfKind.values().stream(),
            begun.stream(),
            ended)
        .flatMap(lines -> lines);
  }
}
