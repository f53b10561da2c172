package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import newleaf.cert.Fingerprint;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.journal.StateCheck.Finding;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
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

/// A journal that was put aside comes to the same as one that was not, whatever is in it.
@ParameterizedClass
@EnumSource
class CompactionTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final List<Action> ACTIONS = List.of(reissue("a"), reissue("b"), reload("a"));

  @Parameter private Disk disk;
  @TempDir private Path real;
  private Path folder;
  private Path plain;
  private Instant now = NOW;

  @BeforeEach
  void open() {
    folder = disk.folder(real);
    plain = folder.resolveSibling("plain");
  }

  @AfterEach
  void close() throws IOException {
    disk.close(folder);
  }

  private Journal journal(Path of) {
    return Journal.open(of, () -> now);
  }

  private static Action reissue(String name) {
    Subject subject = new Subject(name, Optional.empty(), Optional.empty());
    return new Action.ReissueLeaf(
        new LeafPlace.Secret("n", name),
        new CaGeneration(new CaRef("pay", "keys"), 2),
        new LeafProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(30), List.of()),
        List.of(name + ".acme"),
        Optional.empty());
  }

  private static Action reload(String name) {
    return new Action.AwaitReload(
        new Action.Target(
            name,
            new LeafPlace.Secret("n", name),
            List.of(name + ".acme"),
            Optional.empty(),
            Optional.empty()));
  }

  private static List<Entry> some(Random random, int round) {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry.RunStarted("r" + round, "f", "d", "sha256:" + round));
    for (int i = 0; i < 12; i++) {
      String attempt = round + "-" + i;
      String ca = "ca/pay-g" + random.nextInt(3);
      Fingerprint print = new Fingerprint("%064x".formatted(random.nextInt(1000)));
      switch (random.nextInt(8)) {
        case 0 -> entries.add(new Entry.GateOpened("soak/" + ca));
        case 1 -> entries.add(new Entry.GateOpened("soak/namespace/a.acme/" + ca));
        case 2 -> entries.add(new Entry.Approved("retire/" + ca, "ann"));
        case 3 -> entries.add(new Entry.PutBack(ca));
        case 4 -> entries.add(new Entry.CaMade(ca, print, "PEM"));
        case 5 -> entries.add(new Entry.CaKept(ca, print, "PEM"));
        default -> step(entries, attempt, ACTIONS.get(random.nextInt(3)), print);
      }
    }
    return entries;
  }

  private static void step(List<Entry> entries, String attempt, Action action, Fingerprint print) {
    Step step =
        Step.of("s1", "pay", action, new Reason.Missing(), List.of(), Terms.of(action, List.of()));
    entries.add(new Entry.Begun(attempt, step, Optional.empty()));
    boolean issues = action instanceof Action.ReissueLeaf && print.value().hashCode() % 3 != 0;
    if (issues) {
      entries.add(new Entry.LeafIssued(action.address(), print, print, NOW));
    }
    entries.add(new Entry.Proved(attempt, "so it is"));
    entries.add(new Entry.Ended(attempt, issues ? new Outcome.Done() : new Outcome.Failed("x")));
  }

  @Test
  void whatIsKeptComesToTheSameAsAll() throws IOException {
    for (int seed = 0; seed < 15; seed++) {
      close();
      open();
      folder = folder.resolve("" + seed);
      plain = plain.resolve("" + seed);
      Random random = new Random(seed);
      for (int round = 0; round < 5; round++) {
        Journal goesOn = journal(folder);
        Journal grows = journal(plain);
        for (Entry entry : some(random, round)) {
          now = now.plusSeconds(60);
          goesOn.append(entry);
          grows.append(entry);
        }
        goesOn.compact(5, random.nextBoolean() ? Long.MAX_VALUE : 10L * round);
        comesToTheSame();
      }
      assertThat(Archive.in(new FolderDocuments(folder))).as("seed %d", seed).isNotEmpty();
      assertThat(StateCheck.of(new FolderDocuments(folder), new FileLease(folder, "x"), () -> now))
          .allMatch(Finding::right);
    }
  }

  private void comesToTheSame() {
    Journal all = journal(plain);
    Journal short_ = journal(folder);
    assertThat(short_.position().serial()).isEqualTo(all.position().serial());
    assertThat(short_.recorded().gatesOpenedAt()).isEqualTo(all.recorded().gatesOpenedAt());
    assertThat(short_.recorded().approvals()).isEqualTo(all.recorded().approvals());
    assertThat(short_.recorded().putBack()).isEqualTo(all.recorded().putBack());
    assertThat(short_.recorded().issued()).isEqualTo(all.recorded().issued());
    assertThat(short_.unfinished()).isEmpty();
    assertThat(certificates(short_)).isEqualTo(certificates(all));
    assertThat(run(short_)).isEqualTo(run(all));
  }

  private static List<Entry> certificates(Journal journal) {
    return journal.entries().stream()
        .filter(e -> e instanceof Entry.CaMade || e instanceof Entry.CaKept)
        .toList();
  }

  private static Optional<Entry> run(Journal journal) {
    return journal.entries().stream()
        .filter(e -> e instanceof Entry.RunStarted)
        .reduce((_, last) -> last);
  }

  private void fill(int entries) {
    Journal journal = journal(folder);
    for (int i = 0; i < entries; i++) {
      journal.append(new Entry.GateOpened("soak/x"));
    }
  }

  @Test
  void sameJournalGoesOnBehindIt() throws IOException {
    fill(30);
    Journal journal = journal(folder);
    var before = journal.position();
    assertThat(journal.compact(29, Long.MAX_VALUE)).as("29 are dropped").isFalse();
    assertThat(journal.compact(28, Long.MAX_VALUE)).isTrue();
    assertThat(journal.position()).isEqualTo(before);
    assertThat(journal(folder).position()).isEqualTo(before);
    journal.append(new Entry.PutBack("ca/x"));
    assertThat(journal(folder).lines()).isEqualTo(journal.lines()).hasSize(2);
    assertThat(journal(folder).lines().getLast().seq()).isEqualTo(31);
    assertThat(Journal.lines(folder.resolve("journal-1-30.jsonl"))).hasSize(30);
    fill(30);
    assertThat(journal(folder).compact(20, Long.MAX_VALUE)).isTrue();
    assertThat(Archive.in(new FolderDocuments(folder)))
        .extracting(Archive::to)
        .containsExactly(30L, 61L);
    assertThat(journal(folder).lines()).hasSize(2);
  }

  @Test
  void whatSomebodyHasNotSeenYetStays() {
    fill(30);
    assertThat(journal(folder).compact(10, 12)).isTrue();
    assertThat(journal(folder).lines()).extracting(Line::seq).startsWith(13L).hasSize(18);
  }

  @Test
  void nothingIsPutAsideWhileAStepIsUnfinished() {
    fill(30);
    List<Entry> step = new ArrayList<>();
    step(step, "t", ACTIONS.getFirst(), new Fingerprint("a".repeat(64)));
    journal(folder).append(step.getFirst());
    assertThat(journal(folder).compact(10, Long.MAX_VALUE)).isFalse();
    journal(folder).append(step.getLast());
    assertThat(journal(folder).compact(10, Long.MAX_VALUE)).isTrue();
  }

  /// The file operations are: the archive is written (by rename), the new file is put in place.
  @Test
  void stoppedBetweenTheOldFileIsThereAndTheNextOnePutsItAside() throws IOException {
    fill(30);
    byte[] old = Files.readAllBytes(folder.resolve(Journal.NAME));
    journal(folder).compact(10, Long.MAX_VALUE);
    Files.write(folder.resolve(Journal.NAME), old);
    Files.writeString(folder.resolve(".journal.jsonl.1.tmp"), "half");
    fill(5);
    assertThat(journal(folder).lines()).hasSize(35);
    assertThat(journal(folder).compact(10, Long.MAX_VALUE)).isTrue();
    assertThat(Archive.in(new FolderDocuments(folder)))
        .extracting(Archive::to)
        .containsExactly(35L);
    assertThat(StateCheck.of(new FolderDocuments(folder), new FileLease(folder, "x"), () -> now))
        .allMatch(Finding::right);
  }

  @Test
  void archiveOfAnotherJournalIsNotWrittenOver() throws IOException {
    fill(30);
    journal(folder).compact(10, Long.MAX_VALUE);
    Path archive = folder.resolve("journal-1-30.jsonl");
    byte[] first = Files.readAllBytes(archive);
    Files.delete(folder.resolve(Journal.NAME));
    now = now.plusSeconds(9);
    fill(30);
    Journal other = journal(folder);
    assertThatThrownBy(() -> other.compact(10, Long.MAX_VALUE)).hasMessageContaining("NL6010");
    assertThat(archive).hasBinaryContent(first);
    fill(5);
    assertThat(journal(folder).compact(10, Long.MAX_VALUE)).isTrue();
    assertThat(archive).hasBinaryContent(first);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).contains("journal-1-35.jsonl");
    }
  }
}
