package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.cert.Fingerprint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Each byte of a small journal is flipped, and the journal is cut at each byte: it is refused or
/// recovered, never believed, and a repair makes it usable.
@ParameterizedClass
@EnumSource
class JournalDamageTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Fingerprint CA = new Fingerprint("b".repeat(64));
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry.Approved("retire/ca/pay-g1", "ann"),
          new Entry.GateOpened("soak/x"),
          new Entry.PutBack("ca/pay-g1"),
          new Entry.Approved("retire/ca/pay-g2", "bob"),
          new Entry.CaKept("ca/pay-g1", CA, "PEM"),
          new Entry.GateOpened("soak/y"));

  @Parameter private Disk disk;
  @TempDir private Path real;
  private Path folder;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    folder = disk.folder(real);
    file = folder.resolve(Journal.NAME);
    Journal journal = Journal.open(folder, CLOCK);
    ENTRIES.forEach(journal::append);
    whole = Files.readAllBytes(file);
  }

  @AfterEach
  void close() throws IOException {
    disk.close(folder);
  }

  @Test
  void flippedByteIsRefusedWithItsLineOrWasTheEndOfTheLastOne() throws IOException {
    for (int at = 0; at < whole.length; at += step()) {
      byte[] bytes = whole.clone();
      bytes[at] ^= (byte) (1 << at % 8);
      Files.write(file, bytes);
      Optional<NewleafException> refused = refused();
      if (at == whole.length - 1) {
        assertThat(refused).isEmpty();
      } else {
        assertThat(refused).as("byte %d", at).isPresent();
        assertThat(refused.get().failure().line())
            .matches("NL6002 \\Q" + file + "\\E:(" + lineOf(at) + "|" + (lineOf(at) + 1) + "): .*");
      }
      repairs(lineOf(at) - 2);
    }
  }

  @Test
  void cutAtAnyByteTheWholeLinesAreLeft() throws IOException {
    for (int end = 0; end < whole.length; end += step()) {
      Files.write(file, Arrays.copyOf(whole, end));
      assertThat(refused()).isEmpty();
      assertThat(Journal.open(folder, CLOCK).entries())
          .isEqualTo(ENTRIES.subList(0, Math.max(0, lineOf(end) - 2)));
      repairs(lineOf(end) - 2);
      Journal.open(folder, CLOCK).append(new Entry.GateOpened("z"));
      assertThat(Journal.open(folder, CLOCK).entries()).endsWith(new Entry.GateOpened("z"));
    }
  }

  @Test
  void damageInTheMiddleOfTheFileKeepsWhatMakesCareful() throws IOException {
    for (int line = 1; line <= ENTRIES.size() + 1; line++) {
      List<String> lines =
          new ArrayList<>(List.of(new String(whole, StandardCharsets.UTF_8).split("\n", -1)));
      lines.set(line - 1, "<<<<<<< HEAD");
      Files.writeString(file, String.join("\n", lines));
      repairs(line - 2);
      List<Entry> left = Journal.open(folder, CLOCK).entries();
      assertThat(left.contains(ENTRIES.get(2))).isEqualTo(line != 4);
      assertThat(left.contains(ENTRIES.get(4))).isEqualTo(line != 6);
      assertThat(left.contains(ENTRIES.get(3))).as("approval").isEqualTo(line > 5);
      assertThat(left.contains(ENTRIES.get(5))).as("gate").isEqualTo(false);
    }
  }

  private Optional<NewleafException> refused() {
    try {
      List<Entry> read = Journal.open(folder, CLOCK).entries();
      assertThat(read).isEqualTo(ENTRIES.subList(0, read.size()));
      return Optional.empty();
    } catch (NewleafException e) {
      return Optional.of(e);
    }
  }

  private int lineOf(int at) {
    String before = new String(whole, 0, at, StandardCharsets.ISO_8859_1);
    return 1 + (int) before.chars().filter(c -> c == '\n').count();
  }

  /// @param good how many entries stand before the damage
  private void repairs(int good) throws IOException {
    StateRepair.of(new FolderDocuments(folder)).run(() -> {}, NOW);
    List<Entry> left = Journal.open(folder, CLOCK).entries();
    assertThat(left).isEqualTo(ENTRIES.stream().filter(left::contains).toList());
    int kept = Math.max(0, good);
    assertThat(left.subList(0, kept)).isEqualTo(ENTRIES.subList(0, kept));
    assertThat(left.subList(kept, left.size()))
        .noneMatch(e -> e instanceof Entry.Approved || e instanceof Entry.GateOpened);
    assertThat(StateRepair.of(new FolderDocuments(folder)).findings()).isEmpty();
    try (DirectoryStream<Path> aside = Files.newDirectoryStream(folder, "journal.damaged-*")) {
      for (Path damaged : aside) {
        Files.delete(damaged);
      }
    }
  }

  private int step() {
    return disk == Disk.UNIX ? 1 : 11;
  }
}
