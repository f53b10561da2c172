package newleaf.workflow;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A workflow with mistakes that [DeterminismTest] is to find, each named above its line.
@SuppressWarnings("all")
final class Careless {
  // finds without a line: static, not final
  static int counted;

  @WorkflowInterface
  interface CarelessWorkflow {
    @WorkflowMethod
    long run();
  }

  interface Source {
    long next();
  }

  record Ticks() implements Source {
    @Override
    public long next() {
      // finds: java.lang.System.nanoTime
      return System.nanoTime();
    }
  }

  /// Is only called by the JDK.
  record Shuffled() implements Comparator<String> {
    @Override
    public int compare(String one, String other) {
      // finds: java.util.concurrent.ThreadLocalRandom.current
      var chance = ThreadLocalRandom.current();
      // finds: java.util.concurrent.ThreadLocalRandom.nextInt
      return chance.nextInt();
    }
  }

  static final class Settings {
    // finds: java.lang.System.getenv
    static final String HOME = System.getenv("HOME");
  }

  static final class DurableCareless implements CarelessWorkflow {
    // finds: java.util.concurrent.locks.ReentrantLock.<init>
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public long run() {
      Source source = new Ticks();
      // finds: java.time.Instant.now
      Supplier<Instant> now = Instant::now;
      Runnable later = () -> List.of("a", "b").stream().sorted(new Shuffled()).forEach(this::sleep);
      HashMap<String, Integer> sizes = new HashMap<>();
      // finds: java.util.HashMap.forEach
      sizes.forEach((_, size) -> counted += size);
      // finds: synchronized
      synchronized (this) {
        // finds: java.util.List.parallelStream
        counted += (int) List.of(1).parallelStream().count();
      }
      // finds: java.util.UUID.randomUUID
      String name = Settings.HOME + UUID.randomUUID();
      HomeActivities home = Patience.home(name);
      return home.compare(null).changed() + source.next();
    }

    // finds without a line: synchronized
    private synchronized void sleep(String why) {
      try {
        // finds: java.lang.Thread.sleep
        Thread.sleep(10);
      } catch (InterruptedException e) {
        new Object() {
          void give() {
            // finds: java.lang.Object.notifyAll
            notifyAll();
          }
        }.give();
      }
    }
  }

  /// Nobody calls it.
  static double unused() {
    return Math.random();
  }
}
