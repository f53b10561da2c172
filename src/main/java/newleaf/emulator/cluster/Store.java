package newleaf.emulator.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/// All objects and the recent changes, under one lock. Each change gets the next version, as in
/// etcd.
final class Store {
  /// As many changes as a watch may lag behind; a later one is told to list again.
  private static final int HISTORY = 4096;

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
  private final Map<Key, Doc> objects = new HashMap<>();
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
      List<Doc> found = new ArrayList<>();
      objects.forEach((key, object) -> {
        if (key.kind() == kind && namespace.orElse(key.namespace()).equals(key.namespace())) {
          found.add(object);
        }
      });
      return new Listing(version, sorted(found));
    } finally {
      lock.unlock();
    }
  }

  /// As the list was so long ago: what changed since is taken back.
  Listing list(Kind kind, Optional<String> namespace, Duration age) {
    lock.lock();
    try {
      Map<Key, Doc> then = new HashMap<>();
      list(kind, namespace).objects().forEach(o -> then.put(Key.of(kind, o), o));
      long since = System.nanoTime() - age.toNanos();
      Predicate<Change> concerns =
          c ->
              c.kind() == kind && namespace.orElse(c.key().namespace()).equals(c.key().namespace());
      history.reversed().stream()
          .takeWhile(c -> c.nanos() - since > 0)
          .filter(concerns)
          .forEach(c ->
              c.before().ifPresentOrElse(b -> then.put(c.key(), b), () -> then.remove(c.key())));
      return new Listing(version, sorted(then.values()));
    } finally {
      lock.unlock();
    }
  }

  private static List<Doc> sorted(Collection<Doc> objects) {
    return objects.stream()
        .sorted(Comparator.comparing(Doc::namespace).thenComparing(Doc::name))
        .toList();
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
