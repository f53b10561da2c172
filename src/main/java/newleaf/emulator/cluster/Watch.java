package newleaf.emulator.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Streams the changes of one kind as lines of JSON until the time is up or the client is gone.
record Watch(Store store, Kind kind, Predicate<Doc> selected) {
  private static final Duration WAIT = Duration.ofSeconds(5);

  /// @param from the version to begin after; 0 sends what is there first
  void run(long from, Duration atMost, OutputStream out) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      long seen = from == 0 ? existing(out) : from;
      while (!store.closed() && System.nanoTime() < end) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        for (Store.Change change : store.after(seen, left.compareTo(WAIT) < 0 ? left : WAIT)) {
          send(change, out);
          seen = change.version();
        }
        out.flush();
      }
    } catch (Rejection e) {
      line("ERROR", e.status(), out);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the server closes: so does the stream
    }
  }

  private long existing(OutputStream out) throws IOException {
    Store.Listing listing = store.list(kind, Optional.empty());
    for (Doc object : listing.objects()) {
      if (selected.test(object)) {
        line("ADDED", object, out);
      }
    }
    out.flush();
    return listing.version();
  }

  private void send(Store.Change change, OutputStream out) throws IOException {
    if (change.kind() != kind) {
      return;
    }
    boolean before = change.before().filter(selected).isPresent();
    boolean after = change.after().filter(selected).isPresent();
    if (after) {
      line(before ? "MODIFIED" : "ADDED", change.after().orElseThrow(), out);
    } else if (before) {
      Doc gone = change.after().or(change::before).orElseThrow();
      String version = Long.toString(change.version());
      line("DELETED", gone.with(version, "metadata", "resourceVersion"), out);
    }
  }

  private static void line(String type, Doc object, OutputStream out) throws IOException {
    String json = Wire.line(Doc.of("type", type).with(object, "object"));
    out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
