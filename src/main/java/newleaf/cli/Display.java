package newleaf.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import newleaf.apply.ApplyEvent;
import newleaf.report.ApplyLines;
import newleaf.report.ApplyLines.Pace;
import newleaf.report.LiveTable;
import newleaf.report.LiveTable.Size;

/// Shows an apply while it runs, on stderr: as a live table where a person looks at it, else as
/// lines. Events may come from several threads.
final class Display implements Consumer<ApplyEvent>, AutoCloseable {
  private static final Size UNKNOWN = new Size(80, 24);

  private final Terminal outer;
  private final ApplyLines lines;
  private final Screen screen;
  private final boolean colour;
  private final Above out;
  private final Above err;
  private final Thread hook = new Thread(this::leave);
  private boolean table;

  private Display(Terminal outer, boolean table) {
    this.outer = outer;
    this.table = table;
    this.colour = table && outer.variable("NO_COLOR").isEmpty();
    this.lines = new ApplyLines(table ? Pace.aboveTable(colour) : Pace.PLAIN);
    this.screen = new Screen(outer.err());
    this.out = new Above(outer.out());
    this.err = new Above(outer.err());
  }

  /// @param plain no table, whatever the terminal can
  static Display of(Terminal outer, boolean plain) {
    Display display = new Display(outer, !plain && hasRoomForTable(outer));
    Runtime.getRuntime().addShutdownHook(display.hook);
    return display;
  }

  /// A pipeline keeps each frame for ever, and a dumb terminal can not go back.
  private static boolean hasRoomForTable(Terminal terminal) {
    return terminal.variable("CI").filter(v -> !v.equals("false")).isEmpty()
        && !terminal.variable("TERM").orElse("dumb").equals("dumb")
        && terminal.screen().get().isPresent();
  }

  /// How often [#tick] is to be called.
  Duration pace() {
    return Duration.ofMillis(table ? 250 : 1000);
  }

  /// For all others who print meanwhile: their lines go above the table.
  Terminal terminal() {
    if (!table) {
      return outer;
    }
    boolean both = outer.line().isPresent(); // then stdout is the same terminal
    return outer.printing(
        both ? new PrintWriter(out, true) : outer.out(), new PrintWriter(err, true));
  }

  @Override
  public synchronized void accept(ApplyEvent event) {
    List<String> said = lines.on(event, outer.clock().instant());
    if (!said.isEmpty() || ends(event)) {
      draw(said);
    }
  }

  private static boolean ends(ApplyEvent event) {
    return event instanceof ApplyEvent.RunEnded;
  }

  synchronized void tick() {
    draw(lines.tick(outer.clock().instant()));
  }

  private void draw(List<String> said) {
    Size size = table ? outer.screen().get().orElse(UNKNOWN) : UNKNOWN;
    screen.show(said, frame(size), size.columns());
  }

  private List<String> frame(Size size) {
    return table ? LiveTable.frame(lines, size, outer.clock().instant(), colour) : List.of();
  }

  private synchronized void print(PrintWriter target, String text) {
    Size size = outer.screen().get().orElse(UNKNOWN);
    screen.show(List.of(), List.of(), size.columns());
    target.print(text);
    target.flush();
    screen.show(List.of(), frame(size), size.columns());
  }

  /// Takes the table away; what was said above it stays.
  @Override
  public void close() {
    leave();
    out.close();
    err.close();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      return; // Ctrl-C: it has run, or will find nothing to do
    }
  }

  /// Also on Ctrl-C, so that a table does not look as if it went on.
  private synchronized void leave() {
    if (table) {
      screen.show(List.of(), List.of(), outer.screen().get().orElse(UNKNOWN).columns());
    }
    table = false;
  }

  /// Hands whole lines on.
  private final class Above extends Writer {
    private final PrintWriter target;
    private final StringBuilder pending = new StringBuilder();

    Above(PrintWriter target) {
      this.target = target;
    }

    @Override
    public void write(char[] text, int from, int length) {
      synchronized (pending) {
        pending.append(text, from, length);
      }
    }

    @Override
    public void flush() {
      pass(taken(false));
    }

    @Override
    public void close() {
      pass(taken(true));
    }

    private void pass(String text) {
      if (!text.isEmpty()) {
        print(target, text);
      }
    }

    private String taken(boolean all) {
      synchronized (pending) {
        int end = all ? pending.length() : pending.lastIndexOf("\n") + 1;
        String text = pending.substring(0, end);
        pending.delete(0, end);
        return text;
      }
    }
  }
}
