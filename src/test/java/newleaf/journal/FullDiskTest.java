package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import newleaf.Failure;
import newleaf.NewleafException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z"));

  private static void isRefused(Journal journal, Entry entry) {
    assertThatThrownBy(() -> journal.append(entry))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.Damaged.class);
              assertThat(e.failure().line()).startsWith("NL6010 ").contains("journal.jsonl");
            });
  }

  @Test
  void lineThatFoundNoRoomIsAsIfItNeverWas() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setBlockSize(512).setMaxSize(16 * 1024).build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      Path folder = disk.getPath("/state");
      Journal journal = Journal.open(folder, CLOCK);
      journal.append(new Entry.GateOpened("first"));
      Path other = disk.getPath("/other");
      Files.write(other, new byte[12 * 1024]);
      Entry large = new Entry.GateOpened("x".repeat(8 * 1024));
      isRefused(journal, large);
      isRefused(journal, large);
      assertThat(Journal.open(folder, CLOCK).entries())
          .isEqualTo(journal.entries())
          .isEqualTo(List.of(new Entry.GateOpened("first")));
      journal.append(new Entry.GateOpened("small"));
      Files.delete(other);
      journal.append(large);
      assertThat(Journal.open(folder, CLOCK).entries()).isEqualTo(journal.entries()).hasSize(3);
    }
  }

  @Test
  void placeThatCanNotBeWrittenIsNamed(@TempDir Path real) throws IOException {
    Journal under = Journal.open(real.resolve("file").resolve("state"), CLOCK);
    Files.createFile(real.resolve("file"));
    isRefused(under, new Entry.GateOpened("x"));
    Path folder = real.resolve("state");
    Journal journal = Journal.open(folder, CLOCK);
    Files.createDirectories(folder.resolve("journal.jsonl"));
    isRefused(journal, new Entry.GateOpened("x"));
    assertThatThrownBy(() -> Journal.open(folder, CLOCK))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL6002");
  }

  @Test
  void appendingReadsNoMoreOfALongJournalThanOfAShortOne(@TempDir Path real) {
    Journal journal = Journal.open(real, CLOCK);
    for (int i = 0; i < 400; i++) {
      journal.append(new Entry.GateOpened("soak/" + i));
    }
    assertThat(Journal.open(real, CLOCK).entries()).hasSize(400);
  }
}
