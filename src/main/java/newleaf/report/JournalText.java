package newleaf.report;

import java.util.List;
import newleaf.journal.Entry;
import newleaf.journal.Line;
import newleaf.journal.Outcome;
import newleaf.plan.Step;

/// A journal as a person reads it: one line an entry, with its number and time.
public final class JournalText {
  private JournalText() {}

  public static String of(List<Line> lines) {
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      String text =
          "%4d  %s  %s"
              .formatted(line.seq(), Words.time(line.at()), Words.safe(what(line.entry())));
      out.append(text).append('\n');
    }
    return lines.isEmpty() ? "Nothing is in it yet.\n" : out.toString();
  }

  private static String what(Entry entry) {
    return switch (entry) {
      case Entry.RunStarted e ->
          "run %s on %s, plan %s".formatted(e.run(), e.file(), e.planDigest());
      case Entry.Begun e -> e.attempt() + " begins: " + step(e.step());
      case Entry.Proved e -> e.attempt() + " proven: " + e.what();
      case Entry.Ended e -> e.attempt() + " " + outcome(e.outcome());
      case Entry.GateOpened e -> "gate " + e.gate() + " begins to wait";
      case Entry.Approved e -> "gate " + e.gate() + " approved by " + e.who();
      case Entry.PutBack e -> e.ca() + " was put back";
      case Entry.RolledBack e ->
          "ca/%s goes %s G%d, %s"
              .formatted(
                  e.ca(),
                  e.to() < e.from() ? "back from G" + e.from() + " to" : "forward again to",
                  e.to(),
                  "asked for by " + e.who());
      case Entry.CaMade e -> "made %s, %s".formatted(e.ca(), e.fingerprint().shortText());
      case Entry.CaKept e -> "kept %s, %s".formatted(e.ca(), e.fingerprint().shortText());
      case Entry.LeafIssued e ->
          "issued for %s: %s, until %s"
              .formatted(e.place(), e.leaf().shortText(), Words.day(e.notAfter()));
    };
  }

  private static String step(Step step) {
    return step.verb() + " " + step.address();
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done() -> "done";
      case Outcome.AlreadySo() -> "was already so";
      case Outcome.Failed(var why) -> "FAILED: " + why;
      case Outcome.Abandoned() -> "had no effect";
    };
  }
}
