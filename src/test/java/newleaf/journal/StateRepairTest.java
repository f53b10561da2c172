package newleaf.journal;

import static newleaf.journal.JournalTest.EVERY_KIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.NewleafException;
import newleaf.journal.StateCheck.Finding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What `state check` says, and what `state repair` does; stopped anywhere, and begun again.
@ParameterizedClass
@EnumSource
class StateRepairTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Parameter private Disk disk;
  @TempDir private Path real;
  private Path folder;
  private Path file;

  @BeforeEach
  void open() {
    folder = disk.folder(real);
    file = folder.resolve(Journal.NAME);
  }

  @AfterEach
  void close() throws IOException {
    disk.close(folder);
  }

  private void write(List<Entry> entries) {
    Journal journal = Journal.open(folder, CLOCK);
    entries.forEach(journal::append);
  }

  private List<Finding> check() {
    return StateCheck.of(new FolderDocuments(folder), new FileLease(folder, "here"), CLOCK);
  }

  private void allIsRight() {
    assertThat(check()).allMatch(Finding::right);
    assertThat(StateRepair.of(new FolderDocuments(folder)).findings()).isEmpty();
  }

  private static void run(StateRepair repair) {
    repair.run(() -> {}, NOW);
  }

  /// The line of the file of that number is no line any more.
  private void damage(int number) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(number - 1, lines.get(number - 1).replace("\"at\"", "\"when\""));
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private void snapshot() throws IOException {
    StateFile.write(
        folder.resolve("state.json"),
        JournalGuardTest.snapshot(Journal.open(folder, CLOCK).position()));
  }

  private List<String> names(String beginning) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.startsWith(beginning))
          .toList();
    }
  }

  @Test
  void nothingThereIsRight() {
    allIsRight();
    assertThat(folder).doesNotExist();
  }

  @Test
  void eachPartIsNamedWithWhatItIs() throws IOException {
    write(EVERY_KIND);
    snapshot();
    allIsRight();
    assertThat(check())
        .extracting(Finding::where)
        .containsExactly(
            file.toString(),
            folder.resolve("state.json").toString(),
            folder.resolve("lock.json").toString());
    assertThat(check().getFirst().what())
        .isEqualTo("entries 1 to 15, each follows from the one before.");
    damage(9);
    assertThat(check().getFirst().right()).isFalse();
    assertThat(check().getFirst().what()).contains("NL6002 " + file + ":9: ");
  }

  @Test
  void stepsBegunBehindTheDamageAreLookedAfter() throws IOException {
    write(EVERY_KIND);
    damage(4); // begun, proved; here its end is lost
    run(StateRepair.of(new FolderDocuments(folder)));
    Journal after = Journal.open(folder, CLOCK);
    assertThat(after.unfinished()).map(Entry.Begun::attempt).contains("t1");
    assertThat(after.entries()).contains(EVERY_KIND.get(12), EVERY_KIND.get(13));
    assertThat(after.recorded().approvals()).isEmpty();
    assertThat(after.recorded().gatesOpenedAt()).isEmpty();
    allIsRight();
  }

  @Test
  void snapshotThatKnowsMoreIsPutAside() throws IOException {
    write(EVERY_KIND);
    snapshot();
    Files.delete(file);
    assertThat(check()).anyMatch(f -> f.what().contains("NL6104 "));
    run(StateRepair.of(new FolderDocuments(folder)));
    assertThat(names("state.damaged-")).containsExactly("state.damaged-20261124T000000Z.json");
    allIsRight();
  }

  @Test
  void snapshotThatCanNotBeReadIsPutAside() throws IOException {
    write(EVERY_KIND);
    Files.writeString(folder.resolve("state.json"), "{\"format_version\": \"1.1\", ");
    assertThat(check()).anyMatch(f -> f.what().contains("NL6102 "));
    run(StateRepair.of(new FolderDocuments(folder)));
    assertThat(names("state.")).containsExactly("state.damaged-20261124T000000Z.json");
    allIsRight();
  }

  @Test
  void tornTailIsCutOffAndNothingPutAside() throws IOException {
    write(EVERY_KIND);
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, Files.readString(file) + "{\"seq\":15");
    assertThat(check()).allMatch(Finding::right).anyMatch(f -> f.what().contains("then 9 bytes"));
    assertThat(StateRepair.of(new FolderDocuments(folder)).findings()).hasSize(1);
    run(StateRepair.of(new FolderDocuments(folder)));
    assertThat(file).hasBinaryContent(whole);
    assertThat(names("journal")).containsExactly("journal.jsonl");
  }

  @Test
  void whatAnotherNewleafWroteIsNotRepaired() throws IOException {
    write(EVERY_KIND);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    String json = Sealed.read(lines.get(3)).orElseThrow().json();
    lines.set(3, Sealed.of(json.replace("\"proved\"", "\"shown\"")).text());
    Files.writeString(file, String.join("\n", lines) + "\n");
    assertThatThrownBy(() -> StateRepair.of(new FolderDocuments(folder)))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL6103");
  }

  @Test
  void stoppedAnywhereItIsDoneByTheNext() throws IOException {
    for (int fatal = 1; fatal <= 4; fatal++) {
      close();
      folder = disk.folder(real.resolve("" + fatal));
      file = folder.resolve(Journal.NAME);
      write(EVERY_KIND);
      snapshot();
      damage(6);
      byte[] damaged = Files.readAllBytes(file);
      int[] left = {fatal};
      Fence fence =
          () -> {
            if (--left[0] == 0) {
              throw new Stopped();
            }
          };
      try {
        StateRepair.of(new FolderDocuments(folder)).run(fence, NOW);
        assertThat(fatal).isEqualTo(4);
      } catch (Stopped _) {
        assertThat(file).as("a journal is there at every moment").exists();
      }
      run(StateRepair.of(new FolderDocuments(folder)));
      allIsRight();
      assertThat(names("journal.damaged-")).hasSize(1);
      assertThat(folder.resolve(names("journal.damaged-").getFirst())).hasBinaryContent(damaged);
      assertThat(names("state.damaged-")).hasSize(1);
      assertThat(Journal.open(folder, CLOCK).entries())
          .startsWith(EVERY_KIND.get(0), EVERY_KIND.get(1));
    }
  }

  @Test
  void lineThatAMergeDoubledIsTakenOnce() throws IOException {
    write(EVERY_KIND);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.addAll(4, lines.subList(2, 5));
    Files.writeString(file, String.join("\n", lines) + "\n");
    run(StateRepair.of(new FolderDocuments(folder)));
    List<Entry> after = Journal.open(folder, CLOCK).entries();
    assertThat(after).doesNotHaveDuplicates().contains(EVERY_KIND.get(13));
    assertThat(Optional.of(after.getFirst())).contains(EVERY_KIND.getFirst());
  }
}
