package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import newleaf.Failure;
import newleaf.NewleafException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real folder only: jimfs has no locks. The other process is this class's own `main`.
class RunLockTest {
  private static final String REFUSED = "refused";
  private static final String TAKEN = "taken";

  @TempDir private Path folder;

  /// Takes the lock, says so, and holds it until its input ends or it is killed.
  public static void main(String[] args) throws IOException {
    try (RunLock _ = RunLock.take(Path.of(args[0]), "apply by the child")) {
      System.out.println(TAKEN);
      System.in.read();
    } catch (NewleafException e) {
      System.out.println(REFUSED + " " + e.failure().line());
    }
  }

  private record Child(Process process, BufferedReader out) implements AutoCloseable {
    static Child start(Path folder) throws IOException {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-Xmx64m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  RunLockTest.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .start();
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
    assertThatThrownBy(() -> RunLock.take(folder, "me"))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.LockHeld.class);
              assertThat(e.failure().line()).contains("NL6001 ", "is held by " + holder + ";");
            });
  }

  @Test
  void secondTakerIsRefusedWithTheHoldersTextUntilItCloses() {
    try (RunLock _ = RunLock.take(folder, "apply by ann on build-7")) {
      isRefused("apply by ann on build-7");
      isRefused("apply by ann on build-7");
    }
    try (RunLock _ = RunLock.take(folder, "bob")) {
      isRefused("bob");
    }
  }

  @Test
  void folderIsMadeAndAnotherFolderIsAnotherLock() {
    Path inner = folder.resolve("a").resolve("b");
    try (RunLock _ = RunLock.take(inner, "ann");
        RunLock _ = RunLock.take(folder, "bob")) {
      assertThat(inner.resolve("lock")).exists();
    }
  }

  @Test
  void sameFolderByAnotherPathIsTheSameLock() throws IOException {
    Path link =
        Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-2"), folder);
    try (RunLock _ = RunLock.take(folder, "ann")) {
      assertThatThrownBy(() -> RunLock.take(link, "bob")).isInstanceOf(NewleafException.class);
    } finally {
      Files.delete(link);
    }
  }

  @Test
  void refusedTakerDoesNotFreeTheLockForOtherProcesses() throws IOException {
    try (RunLock _ = RunLock.take(folder, "ann")) {
      isRefused("ann");
      try (Child child = Child.start(folder)) {
        assertThat(child.says()).startsWith(REFUSED).contains("is held by ann;");
      }
    }
    try (Child child = Child.start(folder)) {
      assertThat(child.says()).isEqualTo(TAKEN);
    }
  }

  @Test
  void holderThatIsKilledFreesTheLock() throws IOException {
    try (Child child = Child.start(folder)) {
      assertThat(child.says()).isEqualTo(TAKEN);
      isRefused("apply by the child");
    }
    try (RunLock _ = RunLock.take(folder, "ann")) {
      isRefused("ann");
    }
  }

  @Test
  void holderIsNamedWithoutTakingOrWritingAnything() throws IOException {
    assertThat(RunLock.holder(folder.resolve("nowhere"))).isEmpty();
    assertThat(RunLock.holder(folder)).isEmpty();
    assertThat(folder).isEmptyDirectory();
    try (RunLock _ = RunLock.take(folder, "ann")) {
      assertThat(RunLock.holder(folder)).contains("ann");
      try (Child child = Child.start(folder)) {
        assertThat(child.says()).as("still held").startsWith(REFUSED);
      }
    }
    assertThat(RunLock.holder(folder)).isEmpty();
    try (Child child = Child.start(folder)) {
      assertThat(child.says()).isEqualTo(TAKEN);
      assertThat(RunLock.holder(folder)).contains("apply by the child");
      isRefused("apply by the child");
    }
    assertThat(RunLock.holder(folder)).isEmpty();
  }

  @Test
  void lookingAllTheTimeKeepsNobodyFromTaking() throws Exception {
    try (RunLock _ = RunLock.take(folder, "before")) {
      assertThat(folder.resolve("lock")).exists();
    }
    AtomicBoolean looking = new AtomicBoolean(true);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              while (looking.get()) {
                seen.add(RunLock.holder(folder).orElse("nobody"));
              }
            });
    for (int i = 0; i < 200; i++) {
      RunLock.take(folder, "ann").close();
    }
    looking.set(false);
    other.join();
    assertThat(seen).isSubsetOf("nobody", "ann", "before", "another run").contains("ann");
  }

  @Test
  void folderThatCanNotBeWrittenIsAMisconfiguration() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> RunLock.take(file, "ann"))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Misconfigured.class));
  }
}
