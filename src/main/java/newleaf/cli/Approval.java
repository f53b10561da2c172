package newleaf.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import newleaf.journal.Entry;
import newleaf.journal.PlanFile;
import newleaf.plan.Plan;

/// How somebody said yes to what an apply does.
sealed interface Approval {

  /// At the prompt, or beforehand with `--auto-approve`, to whatever the plan is.
  record OfWhatIsPlanned(Runnable confirm) implements Approval {}

  record OfFile(Path file) implements Approval {}

  /// @param digest `sha256:` and 64 hex digits
  record OfDigest(String digest) implements Approval {}

  /// To the plan that an earlier run began.
  record OfBegun() implements Approval {}

  /// The plan of the last run, if it was kept.
  static Optional<Plan> begun(Path state, List<Entry> history) {
    return history.stream()
        .<Entry.RunStarted>mapMulti((entry, out) -> {
          if (entry instanceof Entry.RunStarted run) {
            out.accept(run);
          }
        })
        .reduce((_, last) -> last)
        .flatMap(run -> PlanFile.find(state, run.planDigest()));
  }
}
