package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.observed.JournalPosition;
import newleaf.observed.Observed;
import newleaf.observed.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real folder, since jimfs does not enforce modes.
class StateFileTest {
  private static final Observed NOTHING =
      new Observed(
          Instant.parse("2026-11-24T00:00:00Z"),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Recorded.NOTHING);
  private static final Snapshot SNAPSHOT =
      Snapshot.of(NOTHING, "0".repeat(64)).remembering(List.of(NOTHING));

  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsReadAndOnlyTheOwnerMay() throws IOException {
    Path file = folder.resolve("new").resolve("state.json");
    StateFile.write(file, SNAPSHOT);
    StateFile.write(file, SNAPSHOT);
    assertThat(StateFile.read(file)).contains(SNAPSHOT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var all = Files.list(file.getParent())) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void noFileIsNoSnapshot() {
    assertThat(StateFile.read(folder.resolve("state.json"))).isEmpty();
    assertThat(StateFile.read(folder.resolve("nowhere").resolve("state.json"))).isEmpty();
  }

  @Test
  void otherMajorIsRefusedByItsNumber() throws IOException {
    StateFile.write(folder.resolve("state.json"), SNAPSHOT);
    refused(text().replace("\"1.1\"", "\"2.0\""), "NL6101 ", "format 2.0");
    refused("{\"format_version\": \"7.3\", \"all\": \"else\"}", "NL6101 ", "format 7.3");
  }

  @Test
  void laterMinorWithMoreInItNamesTheOtherNewleaf() throws IOException {
    StateFile.write(folder.resolve("state.json"), SNAPSHOT);
    String more = text().replace("\"1.1\"", "\"1.4\"").replaceFirst("\\{", "{\"more\": 1,");
    refused(more, "NL6101 ", "format 1.4");
  }

  @Test
  void damageIsNamedWithThePlaceAndWhatToDo() throws IOException {
    StateFile.write(folder.resolve("state.json"), SNAPSHOT);
    String whole = text();
    refused(whole.substring(0, whole.length() / 2), "NL6102 ", "newleaf state repair");
    refused("", "NL6102 ");
    refused("null", "NL6102 ");
    refused(whole.replace("\"serial\" : 0", "\"serial\" : \"x\""), "NL6102 ", "line ");
    refused(whole + "{}", "NL6102 ");
    refused(whole.replaceFirst("\\{", "{\"at\": null,"), "NL6102 ");
  }

  private String text() throws IOException {
    return Files.readString(folder.resolve("state.json"));
  }

  private void refused(String content, String... words) throws IOException {
    Path file = folder.resolve("state.json");
    Files.writeString(file, content);
    assertThatThrownBy(() -> StateFile.read(file))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.Damaged.class);
              assertThat(e.failure().line()).contains(file.toString()).contains(words);
            });
    assertThat(Files.readString(file)).isEqualTo(content);
  }

  @Test
  void snapshotBelongsToTheJournalItWasMadeWithAndToItsFuture() {
    assertThat(belongs(at("a", 3), at("a", 3))).isTrue();
    assertThat(belongs(at("a", 3), at("a", 9))).isTrue();
    assertThat(belongs(JournalPosition.START, at("a", 9))).isTrue();
    assertThat(belongs(at("a", 3), at("b", 9))).isFalse();
    assertThat(belongs(at("a", 3), at("a", 2))).isFalse();
    assertThat(belongs(at("a", 3), JournalPosition.START)).isFalse();
  }

  private static JournalPosition at(String lineage, long serial) {
    return new JournalPosition(Optional.of(lineage.repeat(64)), serial);
  }

  private static boolean belongs(JournalPosition snapshot, JournalPosition now) {
    return new Snapshot("1.0", snapshot, "", NOTHING.at(), NOTHING, List.of()).belongsTo(now);
  }
}
