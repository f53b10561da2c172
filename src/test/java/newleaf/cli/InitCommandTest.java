package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.explain.CiSystem;
import newleaf.explain.SchemaKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class InitCommandTest {
  @TempDir Path folder;

  private Captured run(String... args) {
    return Captured.run(folder, Map.of(), args);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void writesAValidFileWithItsSchemaBeside() throws IOException {
    Captured init = run("init");
    assertThat(init.exit()).as(init.all()).isZero();
    assertThat(init.out()).contains("newleaf.schema.json", "newleaf validate", ".newleaf/");
    assertThat(files()).containsExactly("newleaf.schema.json", "newleaf.yaml");
    assertThat(Files.readAllLines(folder.resolve("newleaf.yaml")).getFirst())
        .isEqualTo("# yaml-language-server: $schema=./newleaf.schema.json");
    assertThat(folder.resolve("newleaf.schema.json")).hasContent(SchemaKind.DESIRED.schema());
    Captured validate = run("validate");
    assertThat(validate.exit()).as(validate.all()).isZero();
    assertThat(validate.err()).as("no hints either").isEmpty();
  }

  @Test
  void writesPipelinesBesideAFileThatIsThere() throws IOException {
    assertThat(run("init").exit()).isZero();
    Captured github = run("init", "--ci", "github");
    assertThat(github.exit()).as(github.all()).isZero();
    assertThat(files())
        .contains(
            ".github/actions/newleaf/action.yml",
            ".github/actions/newleaf/newleaf-ci.sh",
            ".github/workflows/newleaf-plan.yml",
            ".github/workflows/newleaf-apply.yml",
            ".github/workflows/newleaf-rotate.yml",
            ".github/workflows/newleaf-drift.yml");
    assertThat(run("init", "--ci", "github").exit()).as("the same again").isZero();
    Files.writeString(folder.resolve(".github/workflows/newleaf-plan.yml"), "mine");
    assertThat(run("init", "--ci", "github").err()).contains("NL7020");
    assertThat(run("init", "--ci", "gitlab").exit()).isZero();
    assertThat(files()).contains(".gitlab/newleaf.gitlab-ci.yml", ".gitlab/newleaf-ci.sh");
    assertThat(run("init", "--ci", "jenkins").exit()).isEqualTo(64);
  }

  @Test
  void pipelinesAreYamlAndNameFilesThatAreWritten() {
    for (CiSystem system : CiSystem.values()) {
      for (CiSystem.Entry entry : system.entries()) {
        if (entry.path().endsWith(".yml")) {
          Object parsed = new Load(LoadSettings.builder().build()).loadFromString(entry.text());
          assertThat(parsed).as(entry.path()).isInstanceOf(Map.class);
        }
        assertThat(entry.text()).doesNotContain("\t");
      }
    }
    assertThat(text(CiSystem.GITHUB)).contains("./.github/actions/newleaf");
    assertThat(text(CiSystem.GITLAB)).contains("bash .gitlab/newleaf-ci.sh plan");
  }

  private static String text(CiSystem system) {
    return system.entries().stream().map(CiSystem.Entry::text).collect(Collectors.joining());
  }

  @Test
  void fillsInTheGivenNames() throws IOException {
    Captured init = run("init", "-f", "prod/eu.yaml", "--namespace", "payments.a1b2c");
    assertThat(init.exit()).as(init.all()).isZero();
    assertThat(files()).containsExactly("prod/eu.yaml", "prod/newleaf.schema.json");
    String yaml = Files.readString(folder.resolve("prod/eu.yaml"));
    assertThat(yaml)
        .contains("\naccount: a1b2c\n", "\n  payments.a1b2c:\n", "namespace: payments.a1b2c\n")
        .doesNotContain("your-account", "your-namespace");
    assertThat(run("validate", "-f", "prod/eu.yaml").exit()).isZero();
    assertThat(run("init", "--account", "a1b2c").exit()).isZero();
    assertThat(folder.resolve("newleaf.yaml")).content().contains("  your-namespace.a1b2c:\n");
    assertThat(run("validate").exit()).isZero();
  }

  @Test
  void longestNamesAreStillValid() {
    String namespace = "n".repeat(64) + "." + "a".repeat(63);
    assertThat(run("init", "--namespace", namespace).exit()).isZero();
    assertThat(run("validate").exit()).isZero();
  }

  @Test
  void namesAreHeldToTheRulesOfTheFileBeforeAnythingIsWritten() throws IOException {
    for (String account : List.of("SDVDW", "a\nevil: {}", "a # b", "\u0430bc", "a\u001b[2J", "")) {
      Captured run = run("init", "--account", account);
      assertThat(run.exit()).as(account).isEqualTo(ExitCode.INVALID.code());
      assertThat(run.err()).startsWith("--account:1:").doesNotContain("\u001b");
    }
    Captured other = run("init", "--account", "a1b2c", "--namespace", "payments.other");
    assertThat(other.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(other.err()).startsWith("--namespace:1:1: NL1025");
    assertThat(run("init", "--namespace", "payments").err()).contains("NL1024");
    assertThat(run("init", "--namespace", "payments.A").err()).contains("NL1023");
    assertThat(files()).isEmpty();
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.writeString(folder.resolve("newleaf.yaml"), "mine");
    Captured run = run("init");
    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.err()).startsWith("NL7020 ").contains("newleaf.yaml", "overwrites nothing");
    assertThat(files()).containsExactly("newleaf.yaml");
    assertThat(folder.resolve("newleaf.yaml")).hasContent("mine");
    Files.delete(folder.resolve("newleaf.yaml"));
    Files.writeString(folder.resolve("newleaf.schema.json"), "mine too");
    assertThat(run("init").err()).startsWith("NL7020 ").contains("newleaf.schema.json");
    assertThat(files()).containsExactly("newleaf.schema.json");
  }

  @Test
  void aSecondFileInTheFolderSharesTheSchema() throws IOException {
    assertThat(run("init", "-f", "a.yaml").exit()).isZero();
    assertThat(run("init", "-f", "b.yaml").exit()).isZero();
    assertThat(files()).containsExactly("a.yaml", "b.yaml", "newleaf.schema.json");
  }

  @Test
  void aFolderThatCanNotBeWrittenIsSaid() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    Captured run = run("init", "-f", "file/newleaf.yaml");
    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.err()).startsWith("NL7021 ").hasLineCount(2);
  }
}
