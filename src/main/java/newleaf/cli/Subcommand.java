package newleaf.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The commands and what each says of itself. To read the options of one out of its annotations
/// costs more than most commands take, so only those in question are made.
enum Subcommand {
  VALIDATE("Checks a file without any connection, and names every problem at once."),
  PLAN("Prints the steps that are due, in order, and why. Changes nothing."),
  APPLY(
      "Carries out what `plan` prints, proves each step, and goes on where an earlier run stopped.",
      "Safe to stop at any moment and to run again."),
  WORKER(
      "Carries out rotations that run on Temporal, until Ctrl-C.",
      "Run two, for when one dies: only the one that holds the lock acts."),
  APPROVE("Says yes to a gate at which a rotation on Temporal waits."),
  SCHEDULE(
      "Has Temporal look for drift and rotate what is due, again and again.",
      "To create it is to say yes to each plan that is made then."),
  DRIFT(
      "Says what others changed since newleaf last looked, and what is about to end. Changes nothing.",
      "What the YAML asks for and was not applied yet is no drift; see plan.",
      "Exit codes: 0 quiet, 2 something was changed, 10 something ends within --fail-within."),
  STATUS(
      "Says how far each rotation is: generations, who accepts them, what is held by a gate.",
      "Changes nothing."),
  NEXT("Says in one line when the next apply has something to do. Changes nothing."),
  OBSERVE(
      "Writes down how the world looks, without any secret. Changes nothing.",
      "Plans can be made from that where no credentials are: newleaf plan --observed FILE"),
  SHOW(
      "Shows a saved plan, a journal, or a look at the world.",
      "Reads that file (plan.json, journal.jsonl, state.json) and nothing else."),
  ROLLBACK(
      "Plans the way back to an earlier generation of a CA: trusts it again where that is needed,",
      "reissues the leaves from it and restarts the workers. Takes no trust away. Changes nothing",
      "itself: carry the plan out with `apply`. Later plans then keep to it, until the newest",
      "generation is named with --to, or this one can not issue leaves that last any more."),
  LOCK("Says who works on a state, and ends that by hand when it must be."),
  STATE(
      "Checks the journal and what is beside it, makes it usable again, and brings it elsewhere."),
  IMPORT(
      "Writes the file that asks for what an account and a cluster have now. Changes nothing.",
      "CAs that somebody else made are adopted: left alone until they are due."),
  DEMO(
      "Rotates a real CA (or leaf) under real workers, all in this process: no account, no cluster."),
  SANDBOX(
      "Keeps the demo's world running, for trying plan and apply on it from a second terminal.",
      "Ends with Ctrl-C."),
  INIT(
      "Writes a commented newleaf.yaml to begin with, and its JSON Schema for the editor.",
      "Never overwrites a file."),
  SCHEMA("Prints the JSON Schema (2020-12) of a file, for editors and checks."),
  EXPLAIN("Explains a code that newleaf printed (NL1013): cause and cure. Lists all without."),
  COMPLETION(
      "Prints a script that lets the shell complete newleaf's commands and options.",
      "In ~/.bashrc: source <(newleaf completion bash)");

  private final String description;

  Subcommand(String... description) {
    this.description = String.join("\n", description);
  }

  /// A switch and no constructor reference in each: that would load the classes of all.
  private Object made(Terminal terminal) {
    return switch (this) {
      case VALIDATE -> new ValidateCommand(terminal);
      case PLAN -> new PlanCommand(terminal);
      case APPLY -> new ApplyCommand(terminal);
      case WORKER -> new WorkerCommand(terminal);
      case APPROVE -> new ApproveCommand(terminal);
      case SCHEDULE -> new ScheduleCommand(terminal);
      case DRIFT -> new DriftCommand(terminal);
      case STATUS -> new StatusCommand(terminal);
      case NEXT -> new NextCommand(terminal);
      case OBSERVE -> new ObserveCommand(terminal);
      case SHOW -> new ShowCommand(terminal);
      case ROLLBACK -> new RollbackCommand(terminal);
      case LOCK -> new LockCommand(terminal);
      case STATE -> new StateCommand(terminal);
      case IMPORT -> new ImportCommand(terminal);
      case DEMO -> new DemoCommand(terminal);
      case SANDBOX -> new SandboxCommand(terminal);
      case INIT -> new InitCommand(terminal);
      case SCHEMA -> new SchemaCommand(terminal);
      case EXPLAIN -> new ExplainCommand(terminal);
      case COMPLETION -> new CompletionCommand(terminal);
    };
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Makes the one that is named first, or none for the help on all; else all: `completion` tells
  /// their options, and a file of arguments (`@file`) can name any. Where the name comes first,
  /// help on all can not be asked for, and it is the only one.
  static void addTo(CommandLine line, Terminal terminal, String... args) {
    List<String> words = Arrays.stream(args).filter(arg -> !arg.startsWith("-")).limit(1).toList();
    List<Subcommand> named =
        Arrays.stream(values()).filter(c -> c != COMPLETION && words.contains(c.word())).toList();
    boolean all = named.isEmpty() && !words.isEmpty();
    boolean alone = !named.isEmpty() && words.contains(args[0]);
    for (Subcommand command : alone ? named : List.of(values())) {
      boolean made = all || named.contains(command);
      CommandLine sub = new CommandLine(made ? command.made(terminal) : CommandSpec.create());
      sub.getCommandSpec().usageMessage().description(command.description.split("\n"));
      line.addSubcommand(command.word(), sub);
    }
  }
}
