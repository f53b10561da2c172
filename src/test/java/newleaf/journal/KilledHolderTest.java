package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import newleaf.CommandLines;
import newleaf.NewleafException;
import newleaf.journal.LeaseRecord.Holder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lock between processes, on a real folder. The other process is this class's own `main`.
class KilledHolderTest {
  private static final String REFUSED = "refused";
  private static final String TAKEN = "taken";
  private static final InstantSource CLOCK = Clock.systemUTC();

  @TempDir private Path folder;

  /// Takes the lock, says so, and holds it until its input ends or it is killed.
  public static void main(String[] args) throws IOException {
    try (RunLock _ = take(Path.of(args[0]), "the child")) {
      System.out.println(TAKEN);
      System.in.read();
    } catch (NewleafException e) {
      System.out.println(REFUSED + " " + e.failure().line());
    }
  }

  private static RunLock take(Path folder, String who) {
    return RunLock.take(
        new FileLease(folder, "here"),
        new RunLock.Claim("id of " + who, who, "here", RunLock.LEASE),
        CLOCK);
  }

  private record Child(Process process, BufferedReader out) implements AutoCloseable {
    static Child start(Path folder) throws IOException {
      List<String> command = CommandLines.java(KilledHolderTest.class, "-Xmx64m");
      command.add(folder.toString());
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new Child(process, process.inputReader());
    }

    String says() throws IOException {
      return out.readLine();
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  private void isRefused(String holder) {
    assertThatThrownBy(() -> take(folder, "me"))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> assertThat(e.failure().line()).contains("NL6001 ", "is held by " + holder));
  }

  @Test
  void holderThatIsKilledFreesTheLock() throws IOException {
    try (Child child = Child.start(folder)) {
      assertThat(child.says()).isEqualTo(TAKEN);
      isRefused("the child");
      isRefused("the child");
    }
    try (RunLock lock = take(folder, "ann")) {
      assertThat(lock.takenOverFrom()).map(Holder::who).contains("the child");
      isRefused("ann");
    }
  }

  @Test
  void holderOfAnotherMachineIsWaitedForWhenItIsKilled() throws IOException {
    try (Child child = Child.start(folder)) {
      assertThat(child.says()).isEqualTo(TAKEN);
    }
    LeaseStore elsewhere = new FileLease(folder, "elsewhere");
    assertThat(RunLock.holder(elsewhere, CLOCK)).isPresent();
    assertThat(RunLock.holder(elsewhere, () -> CLOCK.instant().plus(RunLock.LEASE))).isEmpty();
    assertThat(RunLock.holder(new FileLease(folder, "here"), CLOCK)).isEmpty();
  }

  @Test
  void refusedTakersAndLookersDoNotFreeTheLockForOtherProcesses() throws IOException {
    try (RunLock lock = take(folder, "ann")) {
      isRefused("ann");
      assertThat(RunLock.holder(new FileLease(folder, "here"), CLOCK)).isPresent();
      try (Child child = Child.start(folder)) {
        assertThat(child.says()).startsWith(REFUSED).contains("is held by ann ");
      }
      lock.check();
    }
    try (Child child = Child.start(folder)) {
      assertThat(child.says()).isEqualTo(TAKEN);
    }
  }

  @Test
  void lookingAllTheTimeKeepsNobodyFromTaking() throws Exception {
    AtomicBoolean looking = new AtomicBoolean(true);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    LeaseStore store = new FileLease(folder, "here");
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              while (looking.get()) {
                seen.add(RunLock.holder(store, CLOCK).map(Holder::who).orElse("nobody"));
              }
            });
    for (int i = 0; i < 100; i++) {
      take(folder, "ann").close();
    }
    looking.set(false);
    other.join();
    assertThat(seen).isSubsetOf("nobody", "ann").contains("ann");
  }
}
