package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Fingerprint;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.observed.CaRef;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.JournalPosition;
import newleaf.observed.LeafPlace;
import newleaf.observed.Recorded;
import newleaf.observed.RolledBack;
import newleaf.plan.Action;
import newleaf.plan.CaGeneration;
import newleaf.plan.Reason;
import newleaf.plan.Step;
import newleaf.plan.Terms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// On each kind of disk. What jimfs only pretends (modes, fsync) is looked at on a real folder.
@ParameterizedClass
@EnumSource
class JournalTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Fingerprint LEAF = new Fingerprint("a".repeat(64));
  private static final Fingerprint CA = new Fingerprint("b".repeat(64));
  private static final Step STEP =
      step(
          "s1",
          new Action.AwaitReload(
              new Action.Target(
                  "w",
                  new LeafPlace.Directory("Zertifikate-für-Müller"),
                  List.of("a.b"),
                  Optional.empty(),
                  Optional.empty())),
          new Reason.LeafReissued());
  static final List<Entry> EVERY_KIND =
      List.of(
          new Entry.RunStarted("run-1", "f.yaml", "0".repeat(64), "sha256:" + "1".repeat(64)),
          new Entry.Begun("t1", STEP, Optional.of("newleaf-1")),
          new Entry.Proved("t1", "the new leaf is accepted"),
          new Entry.Ended("t1", new Outcome.Done()),
          new Entry.Begun("t2", STEP, Optional.empty()),
          new Entry.Ended("t2", new Outcome.Failed("not today: \"ü\" \u2028 \r\n")),
          new Entry.Begun("t3", STEP, Optional.empty()),
          new Entry.Ended("t3", new Outcome.AlreadySo()),
          new Entry.Begun("t4", STEP, Optional.empty()),
          new Entry.Ended("t4", new Outcome.Abandoned()),
          new Entry.GateOpened("soak/ca/booking-g1"),
          new Entry.Approved("retire/ca/booking-g1", "ann"),
          new Entry.RolledBack("payments", 3, 1, "ann"),
          new Entry.CaMade("ca/booking-g2", CA, "-----BEGIN CERTIFICATE-----\n"),
          new Entry.LeafIssued("secret/a/b", LEAF, CA, NOW));

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

  @Test
  void whatWasAppendedIsThereAfterReopening() {
    write(folder, EVERY_KIND.subList(0, 5));
    write(folder, EVERY_KIND.subList(5, EVERY_KIND.size()));
    assertThat(Journal.open(folder, CLOCK).entries()).isEqualTo(EVERY_KIND);
    assertThat(Journal.lines(file)).isEqualTo(Journal.open(folder, CLOCK).lines());
  }

  @Test
  void everyEntryIsOneLineOnDiskWhenAppendReturns() throws IOException {
    Journal journal = Journal.open(folder, CLOCK);
    for (int i = 0; i < EVERY_KIND.size(); i++) {
      journal.append(EVERY_KIND.get(i));
      String text = Files.readString(file);
      assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(i + 2);
      assertThat(text).endsWith("\n");
    }
  }

  @Test
  void openingAloneWritesNothing() {
    assertThat(Journal.open(folder, CLOCK).entries()).isEmpty();
    assertThat(folder).doesNotExist();
  }

  @Test
  void emptyFileIsAnEmptyJournal() throws IOException {
    Files.createDirectories(folder);
    Files.createFile(file);
    assertThat(Journal.open(folder, CLOCK).entries()).isEmpty();
    write(folder, EVERY_KIND);
    assertThat(Journal.open(folder, CLOCK).entries()).isEqualTo(EVERY_KIND);
  }

  @Test
  void lastLineTornAtAnyByteIsCutOffAndWrittenOver() throws IOException {
    write(folder, EVERY_KIND.subList(0, 2));
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    int second = text.indexOf('\n', text.indexOf('\n') + 1) + 1;
    for (int end = second; end < whole.length; end++) {
      Files.write(file, Arrays.copyOf(whole, end));
      Journal journal = Journal.open(folder, CLOCK);
      assertThat(journal.entries()).isEqualTo(EVERY_KIND.subList(0, 1));
      journal.append(new Entry.GateOpened("x"));
      assertThat(Journal.open(folder, CLOCK).entries())
          .containsExactly(EVERY_KIND.getFirst(), new Entry.GateOpened("x"));
    }
  }

  @Test
  void longTornTailIsNotLeftBehindAShorterLine() throws IOException {
    write(folder, EVERY_KIND.subList(0, 1));
    Files.writeString(file, "x".repeat(5000), StandardOpenOption.APPEND);
    write(folder, List.of(new Entry.GateOpened("x")));
    assertThat(Journal.open(folder, CLOCK).entries()).hasSize(2);
    assertThat(Files.readString(file)).doesNotContain("xxx");
  }

  @Test
  void editedLineIsRefusedAlsoWhenItIsTheLast() throws IOException {
    List<String> lines = lines();
    lines.set(3, lines.get(3).replace("accepted", "refused"));
    isRefusedAt(4, lines);
    List<String> last = lines();
    last.set(15, last.get(15).replace("secret/a/b", "secret/a/c"));
    isRefusedAt(16, last);
  }

  @Test
  void lineThatIsWholeButOfAnotherPlaceIsRefused() throws IOException {
    List<String> lines = lines();
    lines.set(5, lines.get(14));
    isRefusedAt(6, lines);
    List<String> heads = lines();
    heads.set(5, heads.getFirst());
    isRefusedAt(6, heads);
  }

  @Test
  void lineWithAnotherLineEndIsRefused() throws IOException {
    List<String> lines = lines();
    lines.set(2, lines.get(2) + "\r");
    isRefusedAt(3, lines);
  }

  @Test
  void removedLineIsRefused() throws IOException {
    List<String> lines = lines();
    lines.remove(4);
    isRefusedAt(5, lines);
    List<String> first = lines();
    first.removeFirst();
    isRefusedAt(1, first);
  }

  @Test
  void reorderedAndRepeatedLinesAreRefused() throws IOException {
    List<String> lines = lines();
    lines.add(3, lines.remove(4));
    isRefusedAt(4, lines);
    List<String> twice = lines();
    twice.add(3, twice.get(2));
    isRefusedAt(4, twice);
  }

  @Test
  void lineThatIsNoJournalLineIsRefused() throws IOException {
    for (String bad : List.of("", "null", "{}", "[]", "{\"seq\":2}", "not json", "{\"seq\":")) {
      for (int at = 0; at < 3; at++) {
        List<String> lines = lines();
        lines.set(at, bad);
        isRefusedAt(at + 1, lines);
      }
    }
    List<String> unknown = lines();
    unknown.set(2, unknown.get(2).replace("\"begun\"", "\"undone\""));
    isRefusedAt(3, unknown);
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    List<String> lines = lines();
    lines.set(1, lines.get(1).replace("ü", "u"));
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    bytes[lines.getFirst().length() + 30] = (byte) 0xff;
    Files.write(file, bytes);
    refused("journal.jsonl:2");
  }

  private List<String> lines() throws IOException {
    Files.deleteIfExists(file);
    write(folder, EVERY_KIND);
    return new java.util.ArrayList<>(
        List.of(Files.readString(file).stripTrailing().split("\n", -1)));
  }

  private void isRefusedAt(int line, List<String> lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused(file + ":" + line);
  }

  private void refused(String where) {
    assertThatThrownBy(() -> Journal.open(folder, CLOCK))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.Damaged.class);
              assertThat(e.failure().line()).contains("NL6002 ").contains(where);
            });
  }

  @Test
  void unfinishedStepsAreThoseBegunAndNotEnded() {
    Entry.Begun second = new Entry.Begun("t8", STEP, Optional.of("newleaf-8"));
    Entry.Begun first = new Entry.Begun("t7", STEP, Optional.empty());
    write(folder, EVERY_KIND);
    write(folder, List.of(first, second, new Entry.Proved("t7", "x")));
    assertThat(Journal.open(folder, CLOCK).unfinished()).containsExactly(first, second);
    write(folder, List.of(new Entry.Ended("t7", new Outcome.Failed("x"))));
    assertThat(Journal.open(folder, CLOCK).unfinished()).containsExactly(second);
  }

  private static Step step(String id, Action action, Reason reason) {
    return Step.of(id, "booking", action, reason, List.of(), Terms.of(action, List.of()));
  }

  @Test
  void positionIsTheDigestOfTheFirstLineAndTheNumberOfLines() {
    assertThat(Journal.open(folder, CLOCK).position()).isEqualTo(JournalPosition.START);
    Journal journal = Journal.open(folder, CLOCK);
    journal.append(EVERY_KIND.get(0));
    JournalPosition first = journal.position();
    assertThat(first.lineage()).isPresent();
    journal.append(EVERY_KIND.get(1));
    assertThat(journal.position()).isEqualTo(new JournalPosition(first.lineage(), 2));
    assertThat(Journal.open(folder, CLOCK).position()).isEqualTo(journal.position());
  }

  @Test
  void gatesAndApprovalsAreRecorded() {
    assertThat(Journal.open(folder, CLOCK).recorded()).isEqualTo(Recorded.NOTHING);
    write(folder, EVERY_KIND);
    assertThat(Journal.open(folder, CLOCK).recorded())
        .isEqualTo(
            new Recorded(
                Journal.open(folder, CLOCK).position(),
                Map.of("soak/ca/booking-g1", NOW),
                Set.of("retire/ca/booking-g1"),
                Set.of(),
                List.of(new RolledBack("payments", 3, 1, NOW, "ann")),
                List.of()));
  }

  @Test
  void ledgerHasTheLastLeafOfEachPlaceAndWhatItIsFor() {
    Subject subject = new Subject("x", Optional.empty(), Optional.empty());
    LeafProfile profile =
        new LeafProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(30), List.of("a.example"));
    LeafPlace place = new LeafPlace.Secret("a", "b");
    Step reissue =
        step(
            "s1",
            new Action.ReissueLeaf(
                place,
                new CaGeneration(new CaRef("booking", "keys"), 2),
                profile,
                List.of("n.sdvdw"),
                Optional.empty()),
            new Reason.Missing());
    Instant later = NOW.plusSeconds(9);
    write(
        folder,
        List.of(
            new Entry.LeafIssued("secret/of/nobody", LEAF, CA, NOW),
            new Entry.Begun("t1", reissue, Optional.empty()),
            new Entry.LeafIssued("secret/a/b", LEAF, CA, NOW),
            new Entry.LeafIssued("secret/a/b", CA, LEAF, later)));
    assertThat(Journal.open(folder, CLOCK).recorded().issued())
        .containsExactly(
            new IssuedLeaf(
                "secret/a/b",
                CA,
                LEAF,
                later,
                profile,
                List.of("n.sdvdw"),
                List.of(new IssuedLeaf.Earlier(LEAF, CA, NOW))));
  }

  @Test
  void soakOfANamespaceStartsAnewWhenALeafForItMoves() {
    String soak = "soak/namespace/a.b/ca/pay-g1";
    write(folder, List.of(new Entry.GateOpened(soak)));
    assertThat(Journal.open(folder, CLOCK).recorded().gatesOpenedAt()).containsKey(soak);
    write(folder, List.of(new Entry.Begun("t1", STEP, Optional.empty())));
    assertThat(Journal.open(folder, CLOCK).recorded().gatesOpenedAt()).isEmpty();
  }

  @Test
  void whatWasApprovedAndPutBackIsAskedAgain() {
    write(
        folder,
        List.of(
            new Entry.Approved("retire/ca/pay-g1", "ann"),
            new Entry.Approved("retire/namespace/a.b/ca/pay-g1", "ann"),
            new Entry.Approved("retire/ca/pay-g11", "ann"),
            new Entry.PutBack("ca/pay-g1")));
    assertThat(Journal.open(folder, CLOCK).recorded().approvals())
        .containsExactly("retire/ca/pay-g11");
  }

  @Test
  void gateThatOpensAgainWaitsAnew() {
    write(folder, List.of(new Entry.GateOpened("soak/x")));
    Instant later = NOW.plusSeconds(60);
    Journal.open(folder, InstantSource.fixed(later)).append(new Entry.GateOpened("soak/x"));
    assertThat(Journal.open(folder, CLOCK).recorded().gatesOpenedAt())
        .containsExactly(Map.entry("soak/x", later));
  }

  @Test
  void onlyTheOwnerReadsIt() throws IOException {
    write(real.resolve("a").resolve("b"), EVERY_KIND);
    Path journal = real.resolve("a").resolve("b").resolve("journal.jsonl");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)))
        .isEqualTo("rw-------");
  }

  /// What an entry can hold is a closed family; none of its parts is a key.
  @Test
  void nothingOfAPrivateKeyIsWritten() throws IOException {
    write(folder, EVERY_KIND);
    CaGeneration ca = new CaGeneration(new CaRef("booking", "keys"), 2);
    assertThat(ca.address()).isEqualTo("ca/booking-g2");
    assertThat(Files.readString(file))
        .contains("ca/booking-g2", "BEGIN CERTIFICATE")
        .doesNotContain("PRIVATE KEY", "passphrase");
  }
}
