package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import newleaf.explain.Manual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  private static final Pattern COMMAND = Pattern.compile(": newleaf ([a-z]+)");

  @TempDir Path folder;

  private Captured run(String... args) {
    return Captured.run(folder, Map.of(), args);
  }

  @Test
  void aCodeIsExplainedWithCauseAndCure() {
    Captured run = run("explain", "NL1013");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith("NL1013  renewBefore is not shorter than the validity\n\n")
        .contains("\nCauses:\n- ", "\nCure:\n- ", "\nWrong:\n", "\nRight:\n")
        .endsWith("\n");
    assertThat(run("explain", "1013").out()).isEqualTo(run.out());
    assertThat(run("explain", "nl1013").out()).isEqualTo(run.out());
  }

  @Test
  void withoutACodeAllAreListedByChapter() {
    Captured run = run("explain");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith("The desired-state file (newleaf.yaml)\n  NL1001  The file is too large\n")
        .contains("\nTemporal Cloud\n  NL3001  ", "\n  NL6001  Another run holds the lock\n");
  }

  @Test
  void anUnknownCodeIsAUsageErrorThatNamesTheNearest() {
    Captured run = run("explain", "NL4009");
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains("There is no code NL4009.", "  NL4008  ", "  NL4010  ");
    assertThat(run.err()).endsWith("\nRun: newleaf explain --help\n");
    Captured none = run("explain", "soon\u001b[2J");
    assertThat(none.exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(none.err()).contains("`soon\\u{1b}[2J` is no code");
  }

  @Test
  void everyCommandInACureIsOneOfNewleafs() {
    Manual.load().chapters().stream()
        .flatMap(c -> c.articles().stream())
        .forEach(article ->
            COMMAND
                .matcher(article.text())
                .results()
                .forEach(command ->
                    assertThat(run(command.group(1), "--help").exit())
                        .as(article.code() + ": newleaf " + command.group(1))
                        .isZero()));
  }

  @Test
  void everyErrorEndsWithTheWayToItsExplanation() {
    Captured run = run("plan", "-f", "nowhere.yaml");
    assertThat(run.err()).endsWith("\nMore: newleaf explain NL7001\n");
    assertThat(run("explain", "NL7001").exit()).isZero();
  }
}
