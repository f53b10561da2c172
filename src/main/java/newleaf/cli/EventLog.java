package newleaf.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import newleaf.NewleafException;
import newleaf.apply.ApplyEvent;
import newleaf.apply.Ending;
import newleaf.report.EventLine;
import newleaf.report.EventLines;
import newleaf.report.Words;

/// What happens during an apply, as JSON lines for another program. Events may come from several
/// threads. A reader that goes away, or a disk that is full, does not stop an apply that has begun.
final class EventLog implements Consumer<ApplyEvent>, AutoCloseable {
  private final Terminal terminal;
  private final String name;
  private final Sink sink;

  /// Nobody listens, or not any more.
  private boolean silent;

  private Ending ending = new Ending(0, 0, List.of(), List.of(), List.of(), Duration.ZERO);

  /// Where lines go.
  interface Sink extends AutoCloseable {
    void write(String line) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /// @param name of where they go, for a complaint
  EventLog(Terminal terminal, String name, Sink sink) {
    this.terminal = terminal;
    this.name = name;
    this.sink = sink;
  }

  static EventLog none(Terminal terminal) {
    EventLog log = new EventLog(terminal, "nowhere", _ -> {});
    log.silent = true;
    return log;
  }

  static EventLog printed(Terminal terminal, PrintWriter out) {
    return new EventLog(
        terminal,
        "stdout",
        line -> {
          out.print(line);
          if (out.checkError()) {
            throw new IOException("nobody reads it");
          }
        });
  }

  static EventLog file(Terminal terminal, Path file) {
    try {
      return new EventLog(terminal, file.toString(), new FileSink(Files.newBufferedWriter(file)));
    } catch (IOException e) {
      throw OutputFile.unwritable(file, e);
    }
  }

  private record FileSink(BufferedWriter out) implements Sink {
    @Override
    public void write(String line) throws IOException {
      out.write(line);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /// The first line.
  ///
  /// @param yaml as named on the command line
  /// @throws NewleafException when it can not be written: then nothing has been done yet
  synchronized EventLog begin(String yaml) {
    try {
      sink.write(EventLines.version(now(), yaml).text() + "\n");
    } catch (IOException e) {
      throw OutputFile.unwritable(terminal.folder().resolve(name), e);
    }
    return this;
  }

  /// Writes what became of it behind all else.
  ExitCode during(Supplier<ExitCode> work) {
    try {
      ExitCode exit = work.get();
      end(exit);
      return exit;
    } catch (NewleafException e) {
      write(EventLines.diagnostics(e.failure(), now()));
      end(ExitCode.of(e.failure()));
      throw e;
    }
  }

  @Override
  public synchronized void accept(ApplyEvent event) {
    if (event instanceof ApplyEvent.RunEnded(var how)) {
      ending = how;
    }
    write(EventLines.of(event, now()));
  }

  private synchronized void end(ExitCode exit) {
    write(List.of(EventLines.summary(ending, exit.code(), now())));
  }

  private synchronized void write(List<EventLine> lines) {
    try {
      for (EventLine line : lines) {
        if (!silent) {
          sink.write(line.text() + "\n");
        }
      }
    } catch (IOException e) {
      silent = true;
      complain(e);
    }
  }

  private void complain(IOException why) {
    terminal
        .err()
        .println(
            Words.safe(
                "Events can not be written to %s any more (%s); the apply goes on without."
                    .formatted(name, why.getMessage())));
    terminal.err().flush();
  }

  private Instant now() {
    return terminal.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    try {
      sink.close();
    } catch (IOException e) {
      if (!silent) {
        complain(e);
      }
    }
  }
}
