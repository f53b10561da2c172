package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {
  private static final Path GOLDEN = Path.of("plans", "ca-rollover.1.json");
  @TempDir Path folder;

  private Path edited(String text, String by) throws IOException {
    String golden = Files.readString(GOLDEN);
    assertThat(golden).contains(text);
    return Files.writeString(folder.resolve("plan.json"), golden.replace(text, by));
  }

  private static void refused(Path file, String code) {
    assertThatThrownBy(() -> PlanFile.read(file))
        .isInstanceOf(NewleafException.class)
        .hasMessageStartingWith(code)
        .hasMessageContaining(file.toString());
  }

  @Test
  void whatIsWrittenIsRead() {
    Plan plan = PlanFile.read(GOLDEN);
    PlanFile.write(folder.resolve("p.json"), plan);
    assertThat(PlanFile.read(folder.resolve("p.json"))).isEqualTo(plan);
  }

  @Test
  void editedStepIsFoundOut() throws IOException {
    refused(edited("\"name\" : \"temporal-booking-tls\"", "\"name\" : \"other-tls\""), "NL6004");
    refused(edited("\"validity\" : \"PT8760H\"", "\"validity\" : \"PT87600H\""), "NL6006");
    refused(edited("\"duration\" : \"PT10M\"", "\"duration\" : \"PT0S\""), "NL6006");
    refused(edited("\"needs\" : [\n        \"s2\"\n      ]", "\"needs\" : [ ]"), "NL6006");
  }

  @Test
  void otherMajorIsRefusedAndNewerMinorIsRead() throws IOException {
    refused(edited("\"format_version\" : \"1.2\"", "\"format_version\" : \"2.0\""), "NL6005");
    Path newer =
        edited(
            "\"format_version\" : \"1.2\",",
            "\"format_version\" : \"1.7\", \"sung_by\" : [ \"a choir\" ],");
    assertThat(PlanFile.read(newer).steps()).isEqualTo(PlanFile.read(GOLDEN).steps());
  }

  @Test
  void whatIsNoPlanIsSaidToBeNone() throws IOException {
    refused(folder.resolve("none.json"), "NL6008");
    refused(folder, "NL6008");
    refused(Files.writeString(folder.resolve("a"), "{}"), "NL6004");
    refused(Files.writeString(folder.resolve("b"), "{\"format_version\": \"1.0\"}"), "NL6004");
    refused(Files.write(folder.resolve("c"), new byte[] {(byte) 0xff}), "NL6004");
    String deep = "{\"format_version\": \"1.0\", \"steps\": " + "[".repeat(10_000);
    refused(Files.writeString(folder.resolve("d"), deep), "NL6004");
  }

  @Test
  void planIsKeptByItsDigestAndOnlyByThat() {
    Plan plan = PlanFile.read(GOLDEN);
    assertThat(PlanFile.find(new FolderDocuments(folder), plan.digest())).isEmpty();
    PlanFile.keep(new FolderDocuments(folder.resolve("state")), plan);
    PlanFile.keep(new FolderDocuments(folder.resolve("state")), plan);
    assertThat(PlanFile.find(new FolderDocuments(folder.resolve("state")), plan.digest()))
        .contains(plan);
    assertThat(
            PlanFile.find(
                new FolderDocuments(folder.resolve("state")), "sha256:../../" + "0".repeat(58)))
        .isEmpty();
    assertThat(PlanFile.isDigest(plan.digest().substring(0, 20))).isFalse();
  }

  @Test
  void placeThatCanNotBeWrittenIsTheUsersMistake() {
    assertThatThrownBy(
            () -> PlanFile.write(folder.resolve("no/folder/p.json"), PlanFile.read(GOLDEN)))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Misconfigured.class));
  }
}
