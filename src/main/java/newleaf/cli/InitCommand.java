package newleaf.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import newleaf.desired.NameRules;
import newleaf.explain.CiSystem;
import newleaf.explain.SchemaKind;
import newleaf.explain.Starter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      defaultValue = "newleaf.yaml",
      description = "The file to write (default: newleaf.yaml).")
  private String file;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account id, the part after the dot in the names of its namespaces.")
  private Optional<String> account;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "The namespace to begin with, as <name>.<account>.")
  private Optional<String> namespace;

  @Option(
      names = "--ci",
      paramLabel = "SYSTEM",
      converter = CiName.class,
      description = {
        "github or gitlab: also write the pipelines for plan, apply, rotate and drift. With a",
        "newleaf.yaml that is there already, only those."
      })
  private Optional<CiSystem> ci = Optional.empty();

  InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path path = terminal.folder().resolve(file);
    if (ci.isEmpty() || !Files.exists(path)) {
      begin(path);
    }
    ci.ifPresent(this::pipelines);
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private void begin(Path path) {
    byte[] starter = bytes(starter());
    SchemaKind schema = SchemaKind.DESIRED;
    NewFiles.refuseExisting(path);
    NewFiles.writeUnlessEqual(path.resolveSibling(schema.file()), bytes(schema.schema()));
    NewFiles.write(path, starter);
    terminal.out().print(next(path.resolveSibling(schema.file()).getFileName().toString()));
  }

  private void pipelines(CiSystem system) {
    for (CiSystem.Entry entry : system.entries()) {
      NewFiles.writeUnlessEqual(terminal.folder().resolve(entry.path()), bytes(entry.text()));
      terminal.out().println("Wrote " + entry.path());
    }
    terminal
        .out()
        .println("Each begins with what it needs; the script is run by bash and uses curl and jq.");
  }

  static final class CiName extends Choice<CiSystem> {
    CiName() {
      super(CiSystem.class);
    }
  }

  private String starter() {
    Optional<String> ofNamespace =
        namespace.filter(n -> n.contains(".")).map(InitCommand::afterDot);
    String owner = account.or(() -> ofNamespace).orElse(Starter.ACCOUNT);
    NameRules.account(account.isPresent() ? "--account" : "--namespace", owner);
    namespace.ifPresent(n -> NameRules.namespace("--namespace", n, owner));
    return Starter.yaml(owner, namespace.orElse(Starter.NAMESPACE + "." + owner));
  }

  private String next(String schema) {
    return """
    Wrote %s, and %s beside it for your editor.
    Put your names into it, then run: newleaf validate -f %s
    Put into .gitignore: .newleaf/   (journal, plans and lock of the runs on this machine)
    CA keys will be in keys/, encrypted. Back that folder up.
    """
        .formatted(file, schema, file);
  }

  private static String afterDot(String namespace) {
    return namespace.substring(namespace.lastIndexOf('.') + 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
