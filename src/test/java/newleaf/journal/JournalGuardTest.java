package newleaf.journal;

import static newleaf.journal.JournalTest.EVERY_KIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.NewleafException;
import newleaf.observed.JournalPosition;
import newleaf.observed.Observed;
import newleaf.observed.Recorded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A journal that others write too, that another newleaf wrote, or that is not all there.
@ParameterizedClass
@EnumSource
class JournalGuardTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @Parameter private Disk disk;
  @TempDir private Path real;
  private Path folder;
  private Path file;

  @BeforeEach
  void open() {
    folder = disk.folder(real);
    file = folder.resolve("journal.jsonl");
  }

  @AfterEach
  void close() throws IOException {
    disk.close(folder);
  }

  private static void write(Path folder, List<Entry> entries) {
    Journal journal = Journal.open(folder, CLOCK);
    entries.forEach(journal::append);
  }

  private List<String> lines() throws IOException {
    Files.deleteIfExists(file);
    write(folder, EVERY_KIND);
    return new ArrayList<>(List.of(Files.readString(file).stripTrailing().split("\n", -1)));
  }

  @Test
  void whatANewerNewleafWroteIsNoDamage() throws IOException {
    for (String[] change :
        new String[][] {
          {"\"begun\"", "\"undone\""},
          {"\"attempt\":\"t1\",", ""},
          {"\"seq\":2", "\"seq\":2,\"new\":1"}
        }) {
      List<String> lines = lines();
      String json = Sealed.read(lines.get(2)).orElseThrow().json();
      lines.set(2, Sealed.of(json.replaceFirst(change[0], change[1])).text());
      isOfAnotherFormatAt(3, lines);
    }
    for (String version : List.of("2.0", "0.9", "10.1")) {
      List<String> lines = lines();
      String json = Sealed.read(lines.getFirst()).orElseThrow().json();
      lines.set(0, Sealed.of(json.replace("\"1.0\"", "\"" + version + "\"")).text());
      isOfAnotherFormatAt(1, lines);
    }
  }

  private void isOfAnotherFormatAt(int line, List<String> lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
    assertThatThrownBy(() -> Journal.open(folder, CLOCK))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e ->
                assertThat(e.failure().line())
                    .startsWith(
                        "NL6103 " + file + ":" + line + ": was written by another newleaf"));
  }

  @Test
  void fenceIsAskedBeforeEachLineAndKeepsItOut() throws IOException {
    boolean[] open = {true};
    Journal journal =
        Journal.open(
            folder,
            CLOCK,
            () -> {
              if (!open[0]) {
                throw LockFailures.fencedOut(new MemoryLease(), Optional.empty());
              }
            });
    journal.append(EVERY_KIND.get(0));
    open[0] = false;
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> journal.append(EVERY_KIND.get(1)))
        .isInstanceOf(NewleafException.class);
    assertThat(file).hasBinaryContent(before);
    assertThat(journal.entries()).isEqualTo(EVERY_KIND.subList(0, 1));
    open[0] = true;
    journal.append(EVERY_KIND.get(1));
    assertThat(Journal.open(folder, CLOCK).entries()).isEqualTo(EVERY_KIND.subList(0, 2));
  }

  @Test
  void whatSomebodyElseWroteMeanwhileIsNotWrittenOver() throws IOException {
    Journal ours = Journal.open(folder, CLOCK);
    ours.append(EVERY_KIND.get(0));
    write(folder, EVERY_KIND.subList(1, 2));
    isChanged(ours);
    Journal again = Journal.open(folder, CLOCK);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    isChanged(again);
    bytes[bytes.length - 5] ^= 1;
    Files.write(file, bytes);
    isChanged(again);
    Files.delete(file);
    isChanged(again);
    assertThat(file).doesNotExist();
  }

  private static void isChanged(Journal journal) {
    assertThatThrownBy(() -> journal.append(new Entry.GateOpened("x")))
        .isInstanceOfSatisfying(
            NewleafException.class, e -> assertThat(e.failure().line()).startsWith("NL6014 "));
  }

  @Test
  void threadThatWasToldToStopStillWritesItsLine() {
    Thread.currentThread().interrupt();
    try {
      write(folder, EVERY_KIND.subList(0, 3));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(Journal.open(folder, CLOCK).entries()).isEqualTo(EVERY_KIND.subList(0, 3));
  }

  @Test
  void lessThanTheSnapshotKnowsIsRefused() throws IOException {
    write(folder, EVERY_KIND.subList(0, 3));
    byte[] three = Files.readAllBytes(file);
    write(folder, EVERY_KIND.subList(3, 5));
    Snapshot snapshot = snapshot(Journal.open(folder, CLOCK).position());
    Journal.open(folder, CLOCK).mustContain(snapshot);
    write(folder, EVERY_KIND.subList(5, 6));
    Journal.open(folder, CLOCK).mustContain(snapshot);
    Files.write(file, three);
    assertThat(cut(snapshot)).contains("was cut or replaced: it has 3 entries, and had 5 when");
    Files.delete(file);
    assertThat(cut(snapshot)).contains("it has 0 entries");
    write(folder, EVERY_KIND.subList(8, EVERY_KIND.size()));
    assertThat(cut(snapshot)).contains("was replaced: it is another one");
  }

  private String cut(Snapshot snapshot) {
    Journal journal = Journal.open(folder, CLOCK);
    return assertThrows(NewleafException.class, () -> journal.mustContain(snapshot))
        .failure()
        .line();
  }

  static Snapshot snapshot(JournalPosition position) {
    Recorded recorded = new Recorded(position, Map.of(), Set.of(), Set.of(), List.of(), List.of());
    return Snapshot.of(
        new Observed(NOW, List.of(), List.of(), List.of(), List.of(), recorded), "0".repeat(64));
  }
}
