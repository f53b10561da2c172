package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path folder;

  private Captured run(String... args) {
    return Captured.run(folder, Map.of(), args);
  }

  private String bash(String first, String second) throws IOException, InterruptedException {
    assumeThat(BASH).exists();
    Process bash =
        new ProcessBuilder(BASH.toString(), "--norc", first, second)
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said;
  }

  private Path script() throws IOException {
    Captured run = run("completion", "bash");
    assertThat(run.exit()).as(run.all()).isZero();
    return Files.writeString(folder.resolve("completion"), run.out());
  }

  @Test
  void theScriptIsGoodBash() throws IOException, InterruptedException {
    assertThat(bash("-n", script().toString())).isEmpty();
  }

  @Test
  void commandsAndOptionsAreCompleted() throws IOException, InterruptedException {
    assertThat(completed("newleaf pl")).containsExactly("plan");
    assertThat(completed("newleaf ex")).containsExactly("explain");
    assertThat(completed("newleaf plan --det")).containsExactly("--detailed-exitcode");
    assertThat(completed("newleaf schema --kind ")).contains("desired", "plan", "drift");
    assertThat(completed("newleaf completion ")).containsExactly("bash", "zsh");
    assertThat(completed("newleaf ")).contains("plan", "apply", "init", "validate", "schema");
  }

  private List<String> completed(String line) throws IOException, InterruptedException {
    String ask =
        """
        source '%s'
        # outside of a real completion compopt complains on stderr
        COMP_LINE='%s'
        COMP_WORDS=(%s)
        [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_POINT=${#COMP_LINE}
        $(complete -p newleaf | sed 's/.*-F \\([^ ]*\\).*/\\1/') newleaf 2>/dev/null
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script(), line, line);
    return bash("-c", ask).lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
  }

  @Test
  void zshGetsTheSameThroughItsBashEmulation() {
    Captured zsh = run("completion", "zsh");
    assertThat(zsh.exit()).isZero();
    assertThat(zsh.out()).startsWith("# In ~/.zshrc: ").contains("bashcompinit");
  }

  @Test
  void anotherShellIsAUsageError() {
    assertThat(run("completion", "fish").exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run("completion").exit()).isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void theSchemaIsPrintedByItsKind() {
    Captured schema = run("schema");
    assertThat(schema.exit()).isZero();
    assertThat(schema.out()).contains("https://json-schema.org/draft/2020-12/schema");
    assertThat(run("schema", "--kind", "desired").out()).isEqualTo(schema.out());
    assertThat(run("schema", "--kind", "journal").exit()).isEqualTo(ExitCode.USAGE.code());
  }
}
