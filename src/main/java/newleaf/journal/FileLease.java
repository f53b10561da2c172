package newleaf.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.AtomicFile.Readers;
import newleaf.journal.LeaseRecord.Holder;
import newleaf.json.Json;

/// The record in a state folder: `lock.json`, changed under a short lock on `lock.guard`. Beside it
/// the holder keeps a [Liveness] file locked, so that on its own machine nobody waits for a process
/// that was killed.
public final class FileLease implements LeaseStore {
  /// The operating system's lock is the process's own: threads keep each other out with this.
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private record Seen(String text, LeaseRecord record) {}

  private final Path folder;
  private final String machine;

  /// What was read last. A run reads before each change, and nearly always finds what it wrote.
  private volatile Optional<Seen> seen = Optional.empty();

  /// @param machine as in [Holder#machine]: a name that no other machine has
  public FileLease(Path folder, String machine) {
    this.folder = folder;
    this.machine = machine;
  }

  @Override
  public String where() {
    return file().toString();
  }

  private Path file() {
    return folder.resolve("lock.json");
  }

  @Override
  public Optional<LeaseRecord> read() {
    try {
      String text = text();
      Optional<Seen> same = seen.filter(s -> s.text().equals(text));
      if (same.isEmpty()) {
        same = Optional.of(new Seen(text, Json.read(text, LeaseRecord.class)));
        seen = same;
      }
      return same.map(Seen::record);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new NewleafException(
          new Failure.Damaged(
              new Explanation(
                  "NL6013",
                  where(),
                  "is no record of a lock: " + e.getMessage() + ".",
                  "If no run is at work, delete it.")),
          e);
    } catch (IOException e) {
      throw unusable("can not be read", e);
    }
  }

  private String text() throws IOException {
    return Uninterrupted.run(() -> Files.readString(file()));
  }

  @Override
  public boolean replace(Optional<LeaseRecord> expected, LeaseRecord next) {
    IN_PROCESS.lock();
    try {
      AtomicFile.makeFolder(folder, Readers.EVERYBODY);
      Path real = folder.toRealPath();
      try (Guard _ = Guard.take(real.resolve("lock.guard"))) {
        return replaced(real, expected, next);
      }
    } catch (IOException e) {
      throw unusable("can not be written", e);
    } finally {
      IN_PROCESS.unlock();
    }
  }

  private boolean replaced(Path real, Optional<LeaseRecord> expected, LeaseRecord next)
      throws IOException {
    boolean ours = read().equals(expected);
    boolean taking = expected.map(LeaseRecord::fencing).orElse(0L) != next.fencing();
    if (ours && taking) {
      Liveness.begin(real, next.fencing()); // before anybody can ask for it
    }
    if (ours) {
      byte[] json = Json.pretty(next).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(file(), json, Readers.EVERYBODY);
    }
    if (ours && taking) {
      Liveness.forget(real, next.fencing());
    }
    if (next.holder().isEmpty()) {
      Liveness.end(real, next.fencing());
    }
    return ours;
  }

  @Override
  public boolean ended(Holder holder) {
    if (!holder.machine().equals(machine)) {
      return false;
    }
    IN_PROCESS.lock();
    try {
      Optional<LeaseRecord> now = read().filter(r -> r.isOf(holder.id(), r.fencing()));
      return now.isPresent() && Liveness.ended(folder.toRealPath(), now.get().fencing());
    } catch (IOException _) {
      return false; // it can not be told, so the lease decides
    } finally {
      IN_PROCESS.unlock();
    }
  }

  private NewleafException unusable(String what, IOException cause) {
    String why = cause.getMessage();
    return new NewleafException(
        new Failure.Misconfigured(
            new Explanation(
                "NL6003",
                folder.toString(),
                "the lock in it %s (%s: %s)."
                    .formatted(what, cause.getClass().getSimpleName(), why),
                "Make the state folder writable, or choose another with --state.")),
        cause);
  }
}
