package newleaf.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import newleaf.journal.LeaseRecord;
import newleaf.journal.LeaseRecord.Holder;
import newleaf.journal.LeaseStore;
import newleaf.journal.RunLock;
import newleaf.json.Json;
import newleaf.report.TextMarkdown;
import newleaf.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(mixinStandardHelpOptions = true)
final class LockCommand implements Runnable {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  LockCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: lock show, lock release.");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Who holds the lock, since when, and whether it lives. Changes nothing.")
  int show(@Mixin Inputs inputs, @Mixin Output output) {
    Shown shown;
    try (State state = inputs.state(terminal)) {
      shown = Shown.of(state.lock(), terminal.clock().instant());
    }
    terminal
        .out()
        .print(
            switch (output.format()) {
              case TEXT -> shown.text();
              case JSON -> Json.pretty(shown);
              case MARKDOWN -> TextMarkdown.of(shown.text());
            });
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = {
        "Takes the lock from a run that is known to be gone. Should it live, it stops before its next",
        "change; what it began is looked after by the next apply."
      })
  int release(
      @Mixin Inputs inputs,
      @Option(
              names = "--id",
              paramLabel = "ID",
              required = true,
              description = "As `newleaf lock show` names it: never another run than that.")
          String id,
      @Option(names = "--force", description = "Also when it may be alive.") boolean force) {
    Holder was;
    try (State state = inputs.state(terminal)) {
      was = RunLock.release(state.lock(), id, force, terminal.clock());
    }
    terminal.out().println(Words.safe("Released. It was held by " + StateLock.text(was) + "."));
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  /// @param held whether somebody else who asks is refused
  private record Shown(
      String where, boolean held, long fencing, Optional<Holder> holder, Optional<Alive> alive) {

    enum Alive {
      /// its lease runs, and it is not known to have ended
      PROBABLY,
      ENDED,
      LEASE_OVER
    }

    static Shown of(LeaseStore store, Instant now) {
      Optional<LeaseRecord> record = store.read();
      Optional<Holder> holder = record.flatMap(LeaseRecord::holder);
      Optional<Alive> alive = holder.map(h -> alive(store, h, now));
      return new Shown(
          store.where(),
          alive.filter(a -> a == Alive.PROBABLY).isPresent(),
          record.map(LeaseRecord::fencing).orElse(0L),
          holder,
          alive);
    }

    private static Alive alive(LeaseStore store, Holder holder, Instant now) {
      if (store.ended(holder)) {
        return Alive.ENDED;
      }
      return now.isBefore(holder.until()) ? Alive.PROBABLY : Alive.LEASE_OVER;
    }

    String text() {
      return holder.map(this::text).orElse("Nobody holds the lock.\n");
    }

    private String text(Holder h) {
      return """
      holder    %s
      machine   %s
      since     %s
      renewed   %s
      lease     until %s
      fencing   %d
      id        %s
      lives     %s
      """
          .formatted(
              Words.safe(h.who()),
              Words.safe(h.machine()),
              at(h.acquired()),
              at(h.renewed()),
              at(h.until()),
              fencing,
              Words.safe(h.id()),
              switch (alive.orElseThrow()) {
                case PROBABLY -> "its lease runs, and it is not known to have ended";
                case ENDED -> "no, it has ended; the next run takes over";
                case LEASE_OVER -> "its lease is over; the next run takes over";
              });
    }

    private static Instant at(Instant time) {
      return time.truncatedTo(ChronoUnit.SECONDS);
    }
  }
}
