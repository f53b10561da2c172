package newleaf.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import newleaf.journal.LeaseRecord.Holder;
import newleaf.journal.RunLock;
import newleaf.report.Words;

/// The lock of a state, held by this process and renewed for as long as it works.
record StateLock(RunLock lock, Heartbeat heartbeat) implements AutoCloseable {

  /// @param doing for people: `apply of newleaf.yaml`
  static StateLock take(Terminal terminal, State state, String doing) {
    String machine = machine(terminal);
    RunLock lock =
        RunLock.take(
            state.lock(),
            new RunLock.Claim(
                "%016x".formatted(new SecureRandom().nextLong()),
                who(terminal, doing, machine),
                machine,
                RunLock.LEASE),
            terminal.clock());
    lock.takenOverFrom().ifPresent(before -> tell(terminal, before));
    return new StateLock(lock, Heartbeat.of(lock, Heartbeat.EVERY));
  }

  /// Who is at work, without taking or writing anything.
  static Optional<String> holder(Terminal terminal, State state) {
    return RunLock.holder(state.lock(), terminal.clock()).map(StateLock::text);
  }

  static String text(Holder holder) {
    return holder.who() + ", since " + holder.acquired().truncatedTo(ChronoUnit.SECONDS);
  }

  static String user(Terminal terminal) {
    return terminal.variable("USER").or(() -> terminal.variable("USERNAME")).orElse("unknown");
  }

  private static void tell(Terminal terminal, Holder before) {
    terminal
        .err()
        .println(
            Words.safe(
                "Took over from %s, which has ended; its lease ran until %s."
                    .formatted(text(before), before.until().truncatedTo(ChronoUnit.SECONDS))));
    terminal.err().flush();
  }

  private static String who(Terminal terminal, String doing, String machine) {
    return "%s by %s on %s, process %d"
        .formatted(doing, user(terminal), machine, ProcessHandle.current().pid());
  }

  /// A name that no other machine has: that of the host, which containers may share, and what the
  /// kernel drew when it started.
  static String machine(Terminal terminal) {
    String host =
        line(terminal, "/proc/sys/kernel/hostname")
            .or(() -> terminal.variable("HOSTNAME"))
            .or(() -> terminal.variable("COMPUTERNAME"))
            .orElse("unknown");
    return line(terminal, "/proc/sys/kernel/random/boot_id")
        .map(boot -> host + "/" + boot.substring(0, Math.min(8, boot.length())))
        .orElse(host);
  }

  private static Optional<String> line(Terminal terminal, String file) {
    try {
      String text = Files.readString(terminal.folder().resolve(file)).strip();
      return Optional.of(text).filter(t -> !t.isEmpty());
    } catch (IOException | RuntimeException _) {
      return Optional.empty(); // another operating system
    }
  }

  @Override
  public void close() {
    heartbeat.close();
    lock.close();
  }
}
