package newleaf.cli;

import java.util.List;
import newleaf.Explanation;
import newleaf.journal.Fence;
import newleaf.journal.StateCheck;
import newleaf.journal.StateMove;
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

@Command(mixinStandardHelpOptions = true)
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
    throw new ParameterException(
        spec.commandLine(), "Say what to do: state check, state repair, state move.");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Reads all of a state. Exits with 1 when something is wrong with it.")
  int check(@Mixin Inputs inputs, @Mixin Output output) {
    List<StateCheck.Finding> findings;
    try (State state = inputs.state(terminal)) {
      findings = StateCheck.of(state.documents(), state.lock(), terminal.clock());
    }
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
      out.append("Put a copy aside, then: newleaf state repair\n");
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
    try (State state = inputs.state(terminal);
        StateLock held = StateLock.take(terminal, state, "state repair")) {
      StateRepair repair = StateRepair.of(state.documents());
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

  @Command(
      name = "move",
      mixinStandardHelpOptions = true,
      description = {
        "Brings a state to where the file says now (or --state): from a folder into a cluster, or back.",
        "The old one is put aside, so that nobody goes on from it. Asks nothing; safe to run again."
      })
  int move(
      @Mixin Inputs inputs,
      @Option(
              names = "--from",
              paramLabel = "PLACE",
              required = true,
              description = "Where it is: a folder, or kubernetes:NAMESPACE/NAME.")
          String from) {
    try (State old = inputs.otherState(terminal, from);
        State state = inputs.state(terminal);
        StateLock left = StateLock.take(terminal, old, "state move");
        StateLock right = StateLock.take(terminal, state, "state move")) {
      Fence both =
          () -> {
            left.lock().check();
            right.lock().check();
          };
      List<String> aside =
          new StateMove(old.documents(), state.documents(), both, terminal.clock()).run();
      say("Moved to " + state.documents().where() + ". The old one was put aside:");
      aside.forEach(this::say);
      return ExitCode.OK.code();
    }
  }

  private void say(String text) {
    terminal.out().println(Words.safe(text));
    terminal.out().flush();
  }
}
