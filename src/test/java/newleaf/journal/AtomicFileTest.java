package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import newleaf.journal.AtomicFile.Readers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Modes are looked at on a real folder: jimfs keeps them but nothing there obeys them.
class AtomicFileTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

  @Test
  void fileIsReplacedAndNothingIsLeftOnEveryFileSystem(@TempDir Path real) throws IOException {
    try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix());
        FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      for (Path folder : List.of(real, unix.getPath("/work"), windows.getPath("C:\\work"))) {
        Path target = folder.resolve("a").resolve("b").resolve("state.json");
        AtomicFile.makeFolder(target.getParent(), Readers.OWNER);
        AtomicFile.write(target, OLD, Readers.OWNER);
        AtomicFile.write(target, NEW, Readers.OWNER);
        assertThat(target).hasContent("new");
        assertThat(names(target.getParent())).containsExactly("state.json");
      }
    }
  }

  @Test
  void modesAreThoseAskedFor(@TempDir Path folder) throws IOException {
    Path inner = folder.resolve("keys");
    AtomicFile.makeFolder(inner, Readers.OWNER);
    AtomicFile.write(inner.resolve("a.key"), NEW, Readers.OWNER);
    AtomicFile.write(inner.resolve("a.crt"), NEW, Readers.EVERYBODY);
    assertThat(mode(inner)).isEqualTo("rwx------");
    assertThat(mode(inner.resolve("a.key"))).isEqualTo("rw-------");
    assertThat(mode(inner.resolve("a.crt"))).isEqualTo("rw-r--r--");
  }

  @Test
  void modeIsThereBeforeTheCommit(@TempDir Path folder) throws IOException {
    try (AtomicFile _ = AtomicFile.stage(folder.resolve("a.key"), NEW, Readers.OWNER)) {
      assertThat(mode(folder.resolve(names(folder).getFirst()))).isEqualTo("rw-------");
    }
  }

  @Test
  void openModeOfAnOldFileIsNotKept(@TempDir Path folder) throws IOException {
    Path target = Files.write(folder.resolve("a.key"), OLD);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-rw-"));
    AtomicFile.write(target, NEW, Readers.OWNER);
    assertThat(mode(target)).isEqualTo("rw-------");
  }

  @Test
  void stagedFileThatIsNotCommittedChangesNothing(@TempDir Path folder) throws IOException {
    Path target = Files.write(folder.resolve("state.json"), OLD);
    try (AtomicFile _ = AtomicFile.stage(target, NEW, Readers.OWNER)) {
      assertThat(names(folder)).hasSize(2);
    }
    assertThat(target).hasContent("old");
    assertThat(names(folder)).containsExactly("state.json");
  }

  @Test
  void failedRenameLeavesNothingBehind(@TempDir Path folder) throws IOException {
    Path target = Files.createDirectories(folder.resolve("state.json").resolve("full"));
    assertThatThrownBy(() -> AtomicFile.write(target.getParent(), NEW, Readers.OWNER))
        .isInstanceOf(IOException.class);
    assertThat(names(folder)).containsExactly("state.json");
  }

  @Test
  void fileStandingWhereAFolderIsWantedIsAnError(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("keys"), OLD);
    assertThatThrownBy(() -> AtomicFile.makeFolder(file, Readers.OWNER))
        .isInstanceOf(IOException.class);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
