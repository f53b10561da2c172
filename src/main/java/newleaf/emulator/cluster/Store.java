package newleaf.emulator.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// All objects and the recent changes, under one lock. Each change gets the next version, as in
/// etcd.
final class Store {
  /// As many changes as a watch may lag behind; a later one is told to list again.
  private static final int HISTORY = 4096;

  /// Objects of a kind lie together, and in there those of a namespace, by name.
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::kind).thenComparing(Key::namespace).thenComparing(Key::name);

  /// @param before empty when created
  /// @param after empty when removed
  /// @param nanos when, by System.nanoTime
  record Change(long version, Kind kind, Optional<Doc> before, Optional<Doc> after, long nanos) {
    Key key() {
      return Key.of(kind, after.or(() -> before).orElseThrow());
    }
  }

  record Listing(long version, List<Doc> objects) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final NavigableMap<Key, Doc> objects = new TreeMap<>(ORDER);
  private final Deque<Change> history = new ArrayDeque<>();
  private long version;
  private boolean closed;

  Optional<Doc> get(Key key) {
    lock.lock();
    try {
      return Optional.ofNullable(objects.get(key));
    } finally {
      lock.unlock();
    }
  }

  /// Objects of a kind by name; of all namespaces when none is given.
  Listing list(Kind kind, Optional<String> namespace) {
    lock.lock();
    try {
      Key from = new Key(kind, namespace.orElse(""), "");
      List<Doc> found =
          objects.tailMap(from).entrySet().stream()
              .takeWhile(e -> within(e.getKey(), kind, namespace))
              .map(Map.Entry::getValue)
              .toList();
      return new Listing(version, found);
    } finally {
      lock.unlock();
    }
  }

  private static boolean within(Key key, Kind kind, Optional<String> namespace) {
    return key.kind() == kind && namespace.orElse(key.namespace()).equals(key.namespace());
  }

  /// As the list was so long ago: what changed since is taken back.
  Listing list(Kind kind, Optional<String> namespace, Duration age) {
    lock.lock();
    try {
      NavigableMap<Key, Doc> then = new TreeMap<>(ORDER);
      list(kind, namespace).objects().forEach(o -> then.put(Key.of(kind, o), o));
      long since = System.nanoTime() - age.toNanos();
      history.reversed().stream()
          .takeWhile(c -> c.nanos() - since > 0)
          .filter(c -> within(c.key(), kind, namespace))
          .forEach(c ->
              c.before().ifPresentOrElse(b -> then.put(c.key(), b), () -> then.remove(c.key())));
      return new Listing(version, List.copyOf(then.values()));
    } finally {
      lock.unlock();
    }
  }

  List<Doc> all(Kind kind) {
    return list(kind, Optional.empty()).objects();
  }

  /// Atomically replaces an object by what `next` makes of it; what `next` throws changes nothing.
  /// The same object again is no change.
  Doc write(Key key, boolean dryRun, Function<Optional<Doc>, Doc> next) {
    lock.lock();
    try {
      Optional<Doc> before = Optional.ofNullable(objects.get(key));
      Doc after = next.apply(before);
      if (dryRun || before.filter(after::equals).isPresent()) {
        return after;
      }
      Doc stored = after.with(Long.toString(version + 1), "metadata", "resourceVersion");
      objects.put(key, stored);
      record(key.kind(), before, Optional.of(stored));
      return stored;
    } finally {
      lock.unlock();
    }
  }

  /// Changes an object if it is there.
  void edit(Key key, Function<Doc, Doc> next) {
    lock.lock();
    try {
      if (objects.containsKey(key)) {
        write(key, false, before -> next.apply(before.orElseThrow()));
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(Key key) {
    lock.lock();
    try {
      Doc before = objects.remove(key);
      if (before != null) {
        record(key.kind(), Optional.of(before), Optional.empty());
      }
    } finally {
      lock.unlock();
    }
  }

  private void record(Kind kind, Optional<Doc> before, Optional<Doc> after) {
    version++;
    history.addLast(new Change(version, kind, before, after, System.nanoTime()));
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
    changed.signalAll();
  }

  /// The changes after a version; waits for one, at most so long, and may return none.
  List<Change> after(long seen, Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (version <= seen && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (!history.isEmpty() && history.getFirst().version() > seen + 1) {
        throw Rejection.expired(seen);
      }
      return history.stream().filter(c -> c.version() > seen).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for any change after a version and returns the version then.
  long awaitChange(long seen, Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (version <= seen && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return version;
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
