package newleaf.drift;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.journal.Entry;
import newleaf.journal.Line;
import newleaf.plan.Step;

/// What the journal tells of runs.
///
/// @param unfinished steps that were begun and not ended, oldest first
public record Runs(Optional<Run> last, Optional<Proved> lastProof, List<Unfinished> unfinished) {

  public record Run(String name, Instant startedAt) {}

  public record Proved(String what, Instant at) {}

  public record Unfinished(Step step, Instant begunAt) {}

  public Runs {
    unfinished = List.copyOf(unfinished);
  }

  public static Runs of(List<Line> journal) {
    Optional<Run> run = Optional.empty();
    Optional<Proved> proof = Optional.empty();
    Map<String, Unfinished> open = new LinkedHashMap<>();
    for (Line line : journal) {
      switch (line.entry()) {
        case Entry.RunStarted e -> run = Optional.of(new Run(e.run(), line.at()));
        case Entry.Proved e -> proof = Optional.of(new Proved(e.what(), line.at()));
        case Entry.Begun e -> open.put(e.attempt(), new Unfinished(e.step(), line.at()));
        case Entry.Ended e -> open.remove(e.attempt());
        case Entry.GateOpened _,
            Entry.Approved _,
            Entry.PutBack _,
            Entry.RolledBack _,
            Entry.CaMade _,
            Entry.CaKept _,
            Entry.LeafIssued _ -> {}
      }
    }
    return new Runs(run, proof, List.copyOf(open.values()));
  }
}
