package newleaf.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.AtomicFile;
import newleaf.journal.AtomicFile.Readers;
import newleaf.json.Json;
import newleaf.plan.Plan;
import newleaf.report.PlanText;

/// A plan in the form that was asked for.
///
/// @param name tells Markdown plans apart; the file's name without `.yaml` when empty
record PlanOutput(Terminal terminal, Optional<Duration> horizon, Optional<String> name) {

  void print(Plan plan, Format format) {
    terminal
        .out()
        .print(
            switch (format) {
              case TEXT -> PlanText.of(plan);
              case JSON -> Json.pretty(plan);
              case MARKDOWN -> markdown(plan);
            });
    terminal.out().flush();
  }

  private String markdown(Plan plan) {
    return "<!-- newleaf:plan:" + name.orElse(plan.file()) + " -->" + PlanText.of(plan);
  }

  /// What differs between an approved plan and the one made now.
  String difference(Plan approved, Plan now) {
    return PlanText.of(approved) + PlanText.of(now);
  }

  void markdown(Path file, Plan plan) {
    try {
      AtomicFile.write(file, markdown(plan).getBytes(StandardCharsets.UTF_8), Readers.EVERYBODY);
    } catch (IOException e) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL7013",
                  file.toString(),
                  "can not be written (" + e.getClass().getSimpleName() + ").",
                  "Name a file in a folder that is there.")),
          e);
    }
  }
}
