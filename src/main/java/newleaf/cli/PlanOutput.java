package newleaf.cli;

import java.time.Duration;
import java.util.Optional;
import newleaf.json.Json;
import newleaf.plan.Plan;
import newleaf.report.PlanMarkdown;
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
              case TEXT -> PlanText.of(plan, new PlanText.Options(terminal.colour(), horizon));
              case JSON -> Json.pretty(plan);
              case MARKDOWN -> markdown(plan);
            });
    terminal.out().flush();
  }

  String markdown(Plan plan) {
    return PlanMarkdown.of(plan, name.orElseGet(() -> nameOf(plan.file())));
  }

  /// `eu` of `prod/eu.yaml`
  private static String nameOf(String file) {
    return file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.ya?ml$", "");
  }
}
