package newleaf.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.StateCheck.Finding;
import org.junit.jupiter.api.Test;

/// What every place for a state has to do, for its documents and for a journal in it.
public abstract class DocumentsContract {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  /// A new way to the same place each time it is asked for; nothing is in it at first.
  protected abstract Documents documents();

  private Document document(String name) throws IOException {
    Document document = documents().of(name);
    document.read();
    return document;
  }

  private void isThere(String name, byte[] content) throws IOException {
    assertThat(documents().of(name).read())
        .hasValueSatisfying(c -> assertThat(c).isEqualTo(content));
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(bytes).nextBytes(noise);
    return noise;
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(UTF_8);
  }

  @Test
  void nothingIsThereAtFirstAndLookingMakesNothing() throws IOException {
    assertThat(documents().names("")).isEmpty();
    assertThat(documents().of("state.json").read()).isEmpty();
    documents().of("state.json").delete();
    assertThat(documents().names("")).isEmpty();
    assertThat(documents().where()).isNotBlank();
    assertThat(documents().of("state.json").where()).isNotBlank();
  }

  @Test
  void whatWasPutThereIsReadByEverybody() throws IOException {
    for (int size : new int[] {0, 1, 70_000, 1_500_000, 3}) {
      byte[] content = noise(size);
      document("state.json").replace(content);
      isThere("state.json", content);
    }
    Document document = document("state.json");
    document.replace(line("a"));
    document.replace(line("b"));
    isThere("state.json", line("b"));
    document.delete();
    assertThat(documents().of("state.json").read()).isEmpty();
    document.replace(line("c"));
    isThere("state.json", line("c"));
  }

  @Test
  void namesAreThoseThatBeginSo() throws IOException {
    List<String> names =
        List.of(
            "journal-1-2.jsonl",
            "journal-3-10.jsonl",
            "journal.damaged-20261124T000000Z.jsonl",
            "journal.jsonl",
            "state.json");
    for (String name : names.reversed()) {
      document(name).replace(line(name));
    }
    assertThat(documents().names("")).isEqualTo(names);
    assertThat(documents().names("journal-")).isEqualTo(names.subList(0, 2));
    assertThat(documents().names("journal.damaged-")).isEqualTo(names.subList(2, 3));
    for (String name : names) {
      isThere(name, line(name));
    }
  }

  @Test
  void planIsKeptAndFoundByItsNameAlone() throws IOException {
    document("plans/aa.json").replace(line("a"));
    isThere("plans/aa.json", line("a"));
    assertThat(documents().of("plans/bb.json").read()).isEmpty();
    document("plans/bb.json").replace(line("b"));
    isThere("plans/bb.json", line("b"));
  }

  @Test
  void linesAreAddedOneByOneHoweverLongTheyAre() throws IOException {
    Document document = document("journal.jsonl");
    StringBuilder all = new StringBuilder();
    for (int size : new int[] {1, 200_000, 10, 700_000, 100, 262_143, 1, 262_144, 5}) {
      String text = "x".repeat(size);
      document.append(line(text));
      all.append(text).append('\n');
      isThere("journal.jsonl", all.toString().getBytes(UTF_8));
    }
    Document again = document("journal.jsonl");
    again.append(line("y"));
    isThere("journal.jsonl", (all + "y\n").getBytes(UTF_8));
    again.replace(line("z"));
    again.append(line("z"));
    isThere("journal.jsonl", line("z\nz"));
  }

  @Test
  void whatSomebodyElseAddedIsNotWrittenOver() throws IOException {
    Document ours = document("journal.jsonl");
    Document theirs = document("journal.jsonl");
    theirs.append(line("theirs"));
    isChanged(ours);
    theirs.append(line("theirs again"));
    isThere("journal.jsonl", line("theirs\ntheirs again"));
    ours.read();
    theirs.delete();
    isChanged(ours);
    assertThat(documents().of("journal.jsonl").read()).isEmpty();
  }

  private static void isChanged(Document document) {
    assertThatThrownBy(() -> document.append(line("ours")))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.Damaged.class);
              assertThat(e.failure().line()).startsWith("NL6014 " + document.where());
            });
  }

  @Test
  void threadThatWasToldToStopStillWrites() throws IOException {
    Thread.currentThread().interrupt();
    try {
      document("journal.jsonl").append(line("a"));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    isThere("journal.jsonl", line("a"));
  }

  private Journal journal() {
    return Journal.open(documents(), CLOCK);
  }

  private void check() {
    assertThat(StateCheck.of(documents(), new MemoryLease(), CLOCK)).allMatch(Finding::right);
    assertThat(StateRepair.of(documents()).findings()).isEmpty();
  }

  @Test
  void journalIsReadAsItWasWrittenAlsoByOneThatGoesOn() {
    JournalTest.EVERY_KIND.subList(0, 5).forEach(journal()::append);
    JournalTest.EVERY_KIND
        .subList(5, JournalTest.EVERY_KIND.size())
        .forEach(entry -> journal().append(entry));
    assertThat(journal().entries()).isEqualTo(JournalTest.EVERY_KIND);
    check();
    Journal one = journal();
    Journal other = journal();
    other.append(new Entry.GateOpened("x"));
    assertThatThrownBy(() -> one.append(new Entry.GateOpened("y")))
        .hasMessageStartingWith("NL6014");
  }

  @Test
  void journalThatGrewLongGoesOnInAnother() throws IOException {
    for (int round = 0; round < 5; round++) {
      Journal journal = journal();
      for (int i = 0; i < 12; i++) {
        journal.append(new Entry.GateOpened("soak/" + i % 3));
      }
      assertThat(journal.compact(5, Long.MAX_VALUE)).isTrue();
      journal.append(new Entry.GateOpened("soak/9"));
    }
    assertThat(journal().position().serial()).isEqualTo(65);
    assertThat(journal().recorded().gatesOpenedAt())
        .containsOnlyKeys("soak/0", "soak/1", "soak/2", "soak/9");
    assertThat(Archive.in(documents())).hasSizeBetween(3, 5);
    check();
  }

  @Test
  void damagedJournalIsRepairedAndWhatItWasIsKept() throws IOException {
    Journal journal = journal();
    JournalTest.EVERY_KIND.forEach(journal::append);
    StateFile.write(document("state.json"), JournalGuardTest.snapshot(journal.position()));
    check();
    byte[] damaged = documents().of("journal.jsonl").read().orElseThrow();
    damaged[damaged.length / 2] ^= 1;
    document("journal.jsonl").replace(damaged);
    assertThat(StateCheck.of(documents(), new MemoryLease(), CLOCK)).anyMatch(f -> !f.right());
    List<String> aside = StateRepair.of(documents()).run(Fence.NONE, NOW);
    check();
    assertThat(aside).hasSize(2).doesNotHaveDuplicates();
    String copy = documents().names("journal.damaged-").getFirst();
    assertThat(Arrays.equals(documents().of(copy).read().orElseThrow(), damaged)).isTrue();
    assertThat(documents().of("state.json").read()).isEmpty();
    journal().append(new Entry.GateOpened("after"));
    check();
  }
}
