package newleaf.emulator.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Pods without a process: what they would run is decided by the test.
public final class FakePods implements PodRunner {
  /// One start of one pod.
  public record Started(PodSpecification spec, AtomicInteger stops) {}

  private final List<Started> started = new CopyOnWriteArrayList<>();
  private final Predicate<PodSpecification> ready;
  private final Predicate<PodSpecification> failed;

  public FakePods() {
    this(_ -> true, _ -> false);
  }

  public FakePods(Predicate<PodSpecification> ready, Predicate<PodSpecification> failed) {
    this.ready = ready;
    this.failed = failed;
  }

  public List<Started> started() {
    return List.copyOf(started);
  }

  public long running() {
    return started.stream().filter(s -> s.stops().get() == 0).count();
  }

  @Override
  public RunningPod start(PodSpecification spec) {
    Started now = new Started(spec, new AtomicInteger());
    started.add(now);
    return new RunningPod() {
      @Override
      public boolean ready() {
        return ready.test(spec);
      }

      @Override
      public boolean failed() {
        return failed.test(spec);
      }

      @Override
      public void stop() {
        now.stops().incrementAndGet();
      }
    };
  }
}
