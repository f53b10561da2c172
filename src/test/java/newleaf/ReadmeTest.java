package newleaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final String README = read("README.md");

  @Test
  void theSessionIsTheGoldenPlan() {
    String indented =
        read("plans/ca-rollover.1.txt")
            .lines()
            .map(l -> l.isEmpty() ? l : "    " + l)
            .collect(Collectors.joining("\n"));
    assertThat(README).contains(indented);
  }

  @Test
  void theYamlIsTheExample() {
    String example = read("examples/ca-rollover.yaml");
    assertThat(README).contains(example.substring(example.indexOf("newleaf: 1")));
  }

  @Test
  void everyPackageIsInTheLayoutAndNoOther() throws IOException {
    List<String> packages;
    try (var folders = Files.list(Path.of("src/main/java/newleaf"))) {
      packages =
          folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().toList();
    }
    List<String> listed =
        README
            .substring(README.indexOf("| package |"))
            .lines()
            .filter(l -> l.startsWith("| `"))
            .map(l -> l.substring(3, l.indexOf('`', 3)))
            .sorted()
            .toList();
    assertThat(listed).isEqualTo(packages);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
