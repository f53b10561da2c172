package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.journal.Entry;
import newleaf.journal.FileLease;
import newleaf.journal.Journal;
import newleaf.journal.RunLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lock show`, `lock release`, `state check` and `state repair`, on a folder without a world.
final class LockAndStateTest {
  @TempDir private Path folder;

  private Captured run(String... args) {
    return Captured.run(folder, Map.of("USER", "ann"), args);
  }

  private Path state() {
    return folder.resolve(".newleaf");
  }

  private StateLock held() {
    Terminal terminal = Captured.silent(folder, Map.of("USER", "ann"));
    return StateLock.take(terminal, State.folder(terminal, state()), "apply of x");
  }

  private void journal() {
    Journal journal = Journal.open(state(), Clock.systemUTC());
    for (int i = 0; i < 4; i++) {
      journal.append(new Entry.PutBack("ca/pay-g" + i));
    }
  }

  private void damage() throws IOException {
    Path file = state().resolve("journal.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(2, "x");
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  @Test
  void holderIsShownWithAllThatIsKnown() {
    assertThat(run("lock", "show").out()).isEqualTo("Nobody holds the lock.\n");
    try (StateLock _ = held()) {
      Captured show = run("lock", "show");
      assertThat(show.exit()).isZero();
      assertThat(show.out())
          .contains("holder    apply of x by ann on ", ", process " + ProcessHandle.current().pid())
          .contains("fencing   1\n", "lease     until 20", "its lease runs");
      assertThat(run("lock", "show", "-o", "json").out())
          .contains("\"held\" : true", "\"alive\" : \"probably\"", "\"fencing\" : 1");
    }
    assertThat(run("lock", "show", "-o", "json").out())
        .contains("\"held\" : false", "\"fencing\" : 1", "\"holder\" : null");
  }

  private String id() {
    Matcher id = Pattern.compile("id        (\\S+)").matcher(run("lock", "show").out());
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  @Test
  void holderThatLivesIsReleasedByForceAlone() {
    try (StateLock held = held()) {
      assertThat(run("lock", "release").exit()).isEqualTo(ExitCode.USAGE.code());
      Captured other = run("lock", "release", "--id", "1234", "--force");
      assertThat(other.exit()).as(other.all()).isEqualTo(ExitCode.STALE.code());
      assertThat(other.err()).contains("NL6011");
      Captured refused = run("lock", "release", "--id", id());
      assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED.code());
      assertThat(refused.err()).contains("NL6012", "--force");
      held.lock().check();
      Captured released = run("lock", "release", "--force", "--id", id());
      assertThat(released.exit()).as(released.all()).isZero();
      assertThat(released.out()).startsWith("Released. It was held by apply of x by ann on ");
      assertThat(run("lock", "show").out()).isEqualTo("Nobody holds the lock.\n");
      assertThatThrownBy(held.lock()::check).hasMessageContaining("NL6009");
    }
  }

  @Test
  void leaseThatIsOverIsTakenOverAndThatIsTold() {
    RunLock.take(
        new FileLease(state(), "elsewhere"),
        new RunLock.Claim("id-1", "apply by bob", "elsewhere", RunLock.LEASE),
        () -> Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(run("lock", "show").out()).contains("its lease is over; the next run takes over");
    Captured repair = run("state", "repair");
    assertThat(repair.exit()).as(repair.all()).isZero();
    assertThat(repair.out()).contains("Nothing is to be repaired.");
    assertThat(repair.err())
        .contains("Took over from apply by bob, since 2026-01-01T00:00:00Z, which has ended")
        .contains("until 2026-01-01T00:01:00Z.");
  }

  @Test
  void stateIsCheckedAndRepaired() throws IOException {
    assertThat(run("state", "check").exit()).isZero();
    journal();
    Captured check = run("state", "check");
    assertThat(check.exit()).as(check.all()).isZero();
    assertThat(check.out().lines()).hasSize(3).allMatch(l -> l.startsWith("ok     "));
    damage();
    Captured wrong = run("state", "check");
    assertThat(wrong.exit()).isEqualTo(ExitCode.ERROR.code());
    assertThat(wrong.out()).contains("WRONG  ", "journal.jsonl:3: is no journal line");
    assertThat(run("state", "check", "-o", "json").out()).contains("\"right\" : false");
    Captured asked = run("state", "repair");
    assertThat(asked.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(asked.err()).contains("NL6105");
    assertThat(run("state", "check").exit()).isEqualTo(ExitCode.ERROR.code());
    Captured repair = run("state", "repair", "--auto-approve");
    assertThat(repair.exit()).as(repair.all()).isZero();
    assertThat(repair.out()).contains("Lost: lines that can not be read: 1.", "Put aside: ");
    assertThat(run("state", "check").exit()).isZero();
    assertThat(run("show", ".newleaf/journal.jsonl").out().lines()).hasSize(3);
  }

  @Test
  void repairWaitsForNobodyWhoHoldsTheLock() {
    try (StateLock _ = held()) {
      assertThat(run("state", "repair", "--auto-approve").exit()).isEqualTo(ExitCode.LOCKED.code());
      assertThat(run("state", "check").out()).contains("is held by apply of x by ann");
    }
  }

  @Test
  void withoutAVerbTheUsageIsSaid() {
    assertThat(run("lock").exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run("state").exit()).isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void heartbeatKeepsTheLeaseOfARunThatOnlyWaits() throws InterruptedException {
    RunLock lock =
        RunLock.take(
            new FileLease(state(), "here"),
            new RunLock.Claim("id-1", "apply", "here", RunLock.LEASE),
            Clock.systemUTC());
    Instant first = lock.record().holder().orElseThrow().renewed();
    try (Heartbeat _ = Heartbeat.of(lock, Duration.ofMillis(5))) {
      long end = System.nanoTime() + 10_000_000_000L;
      while (lock.record().holder().orElseThrow().renewed().equals(first)) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(5);
      }
    }
    lock.close();
  }
}
