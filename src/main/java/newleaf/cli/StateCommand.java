package newleaf.cli;

import java.nio.file.Path;
import java.util.List;
import newleaf.Explanation;
import newleaf.journal.FolderDocuments;
import newleaf.journal.StateCheck;
import newleaf.journal.StateRepair;
import newleaf.json.Json;
import newleaf.report.TextMarkdown;
import newleaf.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = "Checks the journal and what is beside it, and makes it usable again.")
final class StateCommand implements Runnable {
  private static final Consent CONSENT =
      new Consent(
          "Repair it like this?",
          new Explanation(
              "NL6105",
              "state repair",
              "there is no terminal to ask on, and nobody said yes.",
              "Run: newleaf state repair --auto-approve"),
          new Explanation("NL6106", "state repair", "was not confirmed; nothing was changed.", ""));

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  StateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: state check, state repair.");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Reads all of a state folder. Exits with 1 when something is wrong with it.")
  int check(@Mixin Inputs inputs, @Mixin Output output) {
    Path state = inputs.stateFolder(terminal);
    List<StateCheck.Finding> findings =
        StateCheck.of(
            new FolderDocuments(state), StateLock.store(terminal, state), terminal.clock());
    terminal
        .out()
        .print(
            switch (output.format()) {
              case TEXT -> text(findings);
              case JSON -> Json.pretty(findings);
              case MARKDOWN -> TextMarkdown.of(text(findings));
            });
    terminal.out().flush();
    return findings.stream().allMatch(StateCheck.Finding::right)
        ? ExitCode.OK.code()
        : ExitCode.ERROR.code();
  }

  private static String text(List<StateCheck.Finding> findings) {
    StringBuilder out = new StringBuilder();
    for (StateCheck.Finding finding : findings) {
      out.append(finding.right() ? "ok     " : "WRONG  ");
      out.append(Words.safe(finding.where() + ": " + finding.what())).append('\n');
    }
    if (!findings.stream().allMatch(StateCheck.Finding::right)) {
      out.append("Put a copy of the folder aside, then: newleaf state repair\n");
    }
    return out.toString();
  }

  @Command(
      name = "repair",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a damaged journal usable: keeps what is whole, and of the rest what makes newleaf more",
        "careful. What is replaced stays beside it. Asks before it writes."
      })
  int repair(
      @Mixin Inputs inputs,
      @Option(names = "--auto-approve", description = "Do not ask before writing.")
          boolean autoApprove) {
    Path state = inputs.stateFolder(terminal);
    try (StateLock held = StateLock.take(terminal, state, "state repair")) {
      StateRepair repair = StateRepair.of(new FolderDocuments(state));
      if (repair.findings().isEmpty()) {
        say("Nothing is to be repaired.");
        return ExitCode.OK.code();
      }
      repair.findings().forEach(this::say);
      if (!autoApprove) {
        CONSENT.ask(terminal);
      }
      List<String> aside = repair.run(held.lock(), terminal.clock().instant());
      aside.forEach(file -> say("Put aside: " + file));
      say("Repaired. Look closely at the next: newleaf plan");
      return ExitCode.OK.code();
    }
  }

  private void say(String text) {
    terminal.out().println(Words.safe(text));
    terminal.out().flush();
  }
}
