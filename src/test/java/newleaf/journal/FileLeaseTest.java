package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import newleaf.Failure;
import newleaf.NewleafException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract, where the files are real and where locks are only pretended.
final class FileLeaseTest {

  @Nested
  final class OnARealFolder extends LeaseStoreContract {
    @TempDir private Path parent;

    @Override
    protected LeaseStore store() {
      return new FileLease(parent.resolve("a").resolve("state"), HERE);
    }

    @Test
    void livenessFilesOfEarlierHoldersAreDeleted() throws IOException {
      takeAndRelease(11);
      Path state = parent.resolve("a").resolve("state");
      Files.createFile(state.resolve("lock.3"));
      Files.createFile(state.resolve("lock.x"));
      assertThat(store().replace(store().read(), held(12, "a"))).isTrue();
      assertThat(names(state))
          .containsExactlyInAnyOrder("lock.json", "lock.guard", "lock.12", "lock.x");
      assertThat(store().replace(store().read(), held(12, "a").released())).isTrue();
      assertThat(names(state)).doesNotContain("lock.12");
    }

    private java.util.List<String> names(Path folder) throws IOException {
      try (var files = Files.list(folder)) {
        return files.map(f -> f.getFileName().toString()).toList();
      }
    }

    @Test
    void sameFolderByAnotherPathIsTheSameLock() throws IOException {
      assertThat(store().replace(Optional.empty(), held(1, "a"))).isTrue();
      Path link = Files.createSymbolicLink(parent.resolve("link"), parent.resolve("a"));
      LeaseStore other = new FileLease(link.resolve("state"), HERE);
      assertThat(other.read()).contains(held(1, "a"));
      assertThat(other.ended(holder("a"))).isFalse();
      assertThat(store().ended(holder("a"))).as("looking frees nothing").isFalse();
    }

    @Test
    void lookingMakesNoFile() {
      assertThat(store().read()).isEmpty();
      assertThat(store().ended(holder("a"))).isFalse();
      assertThat(parent).isEmptyDirectory();
    }

    @Test
    void folderThatIsAFileIsAMisconfiguration() throws IOException {
      Files.createFile(parent.resolve("a"));
      assertThatThrownBy(() -> store().replace(Optional.empty(), held(1, "a")))
          .isInstanceOfSatisfying(
              NewleafException.class,
              e -> {
                assertThat(e.failure()).isInstanceOf(Failure.Misconfigured.class);
                assertThat(e.failure().line()).contains("NL6003 ");
              });
    }

    @Test
    void recordThatIsNoneIsRefusedWithItsPlace() throws IOException {
      assertThat(store().replace(Optional.empty(), held(1, "a"))).isTrue();
      Path file = parent.resolve("a").resolve("state").resolve("lock.json");
      for (String text : new String[] {"", "{}", "null", "{\"fencing\":1}", "x"}) {
        Files.writeString(file, text);
        assertThatThrownBy(() -> store().read())
            .isInstanceOfSatisfying(
                NewleafException.class,
                e -> assertThat(e.failure().line()).startsWith("NL6013 " + file));
      }
    }
  }

  @Nested
  final class OnUnixInMemory extends LeaseStoreContract {
    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());

    @Override
    protected LeaseStore store() {
      return new FileLease(files.getPath("/work/state"), HERE);
    }

    @AfterEach
    void close() throws IOException {
      files.close();
    }
  }

  @Nested
  final class OnWindowsInMemory extends LeaseStoreContract {
    private final FileSystem files = Jimfs.newFileSystem(Configuration.windows());

    @Override
    protected LeaseStore store() {
      return new FileLease(files.getPath("C:\\work\\state"), HERE);
    }

    @AfterEach
    void close() throws IOException {
      files.close();
    }
  }
}
