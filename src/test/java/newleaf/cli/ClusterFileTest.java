package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.observed.LeafPlace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ClusterFileTest {
  private static final Path EXAMPLE = Path.of("examples", "ca-rollover.yaml");
  private static final String SECRET = "secret: billing/temporal-tls";

  @TempDir private Path folder;
  private final Inputs inputs = CommandLine.populateCommand(new Inputs());
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    write(yaml());
  }

  private static String yaml() throws IOException {
    return Files.readString(EXAMPLE).replace(SECRET, SECRET + "\n    cluster: eu1");
  }

  private Path path() {
    return folder.resolve("newleaf.yaml");
  }

  private void write(String yaml) throws IOException {
    Files.writeString(path(), yaml);
  }

  private ClusterFile file() {
    return new ClusterFile(Captured.silent(folder, Map.of()), inputs, "eu1", said::add);
  }

  private static LeafPlace secret(String name) {
    return new LeafPlace.Secret("billing", name, Optional.of("eu1"));
  }

  @Test
  void changedFileIsReadAnew() throws IOException {
    ClusterFile file = file();
    assertThat(file.get().places()).containsExactly(secret("temporal-tls"));
    assertThat(said).isEmpty();
    write(yaml().replace(SECRET, "secret: billing/other-tls"));
    assertThat(file.get().places()).containsExactly(secret("other-tls"));
    assertThat(file.get().places()).containsExactly(secret("other-tls"));
    assertThat(said).containsExactly("newleaf.yaml was changed; what it names now holds");
  }

  @Test
  void brokenFileKeepsWhatWasNamedBeforeAndSaysSoOnce() throws IOException {
    ClusterFile file = file();
    write("newleaf: 1\n");
    assertThat(file.get().places()).containsExactly(secret("temporal-tls"));
    assertThat(file.get().places()).containsExactly(secret("temporal-tls"));
    assertThat(said).hasSize(1);
    assertThat(said.getFirst()).contains("what newleaf.yaml named before holds: newleaf.yaml:");
    write(yaml().replace(SECRET, "secret: billing/other-tls"));
    assertThat(file.get().places()).containsExactly(secret("other-tls"));
  }

  @Test
  void fileThatIsGoneIsSaidOnceEachTime() throws IOException {
    ClusterFile file = file();
    for (int times = 1; times <= 2; times++) {
      Files.delete(path());
      assertThat(file.get().places()).containsExactly(secret("temporal-tls"));
      assertThat(file.get().places()).containsExactly(secret("temporal-tls"));
      write(yaml());
      assertThat(file.get().places()).containsExactly(secret("temporal-tls"));
      assertThat(said).hasSize(times).allMatch(line -> line.contains("NL7001"));
    }
  }

  @Test
  void fileThatIsBrokenAtFirstIsAMistake() throws IOException {
    write("newleaf: 1\n");
    assertThatThrownBy(this::file).isInstanceOf(NewleafException.class);
  }
}
