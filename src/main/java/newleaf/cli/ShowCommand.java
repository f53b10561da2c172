package newleaf.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.Journal;
import newleaf.journal.Line;
import newleaf.journal.PlanFile;
import newleaf.journal.Snapshot;
import newleaf.journal.StateFile;
import newleaf.json.Json;
import newleaf.plan.Plan;
import newleaf.report.JournalText;
import newleaf.report.ObservedText;
import newleaf.report.TextMarkdown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "plan.json, .newleaf/journal.jsonl or state.json")
  private String file;

  @Mixin private Output output;

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path path = terminal.folder().resolve(file);
    if (!Files.isRegularFile(path)) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL7015",
                  path.toString(),
                  "there is no such file.",
                  "Name a saved plan, a journal.jsonl or a state.json.")));
    }
    show(path);
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private void show(Path path) {
    String name = path.getFileName().toString();
    if (name.matches("journal.*\\.jsonl")) { // also one that was put aside
      List<Line> lines = Journal.lines(path);
      print(JournalText.of(lines), Json.pretty(lines));
    } else {
      PlanFile.readIfPlan(path).ifPresentOrElse(this::print, () -> look(path));
    }
  }

  private void print(Plan plan) {
    new PlanOutput(terminal, Optional.empty(), Optional.empty()).print(plan, output.format());
  }

  private void look(Path path) {
    Snapshot snapshot = StateFile.read(path).orElseThrow();
    print(ObservedText.of(snapshot.observed()), Json.pretty(snapshot));
  }

  private void print(String text, String json) {
    terminal
        .out()
        .print(
            switch (output.format()) {
              case TEXT -> text;
              case JSON -> json;
              case MARKDOWN -> TextMarkdown.of(text);
            });
  }
}
