package newleaf.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import newleaf.explain.Article;
import newleaf.explain.Chapter;
import newleaf.explain.Manual;
import newleaf.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "CODE",
      description = "NL and four digits; the digits alone do as well.")
  private Optional<String> code = Optional.empty();

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Manual manual = Manual.load();
    terminal.out().print(code.map(c -> page(manual, c)).orElseGet(() -> contents(manual)));
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private String page(Manual manual, String written) {
    Article article = manual.find(written).orElseThrow(() -> unknown(manual, written));
    return article.code() + "  " + article.title() + "\n\n" + article.text() + "\n";
  }

  private static String contents(Manual manual) {
    return manual.chapters().stream()
        .map(ExplainCommand::contents)
        .collect(Collectors.joining("\n", "", "\nMore on one: newleaf explain NL1013\n"));
  }

  private static String contents(Chapter chapter) {
    return chapter.articles().stream()
        .map(ExplainCommand::line)
        .collect(Collectors.joining("", chapter.title() + "\n", ""));
  }

  private static String line(Article article) {
    return "  " + article.code() + "  " + article.title() + "\n";
  }

  private ParameterException unknown(Manual manual, String written) {
    List<Article> near = manual.nearest(written);
    String message =
        near.isEmpty()
            ? "`%s` is no code; write NL and four digits.".formatted(Words.safe(written))
            : "There is no code %s. The nearest are:%n%s"
                .formatted(
                    Words.safe(written),
                    near.stream().map(ExplainCommand::line).collect(Collectors.joining()));
    return new ParameterException(spec.commandLine(), message.stripTrailing());
  }
}
