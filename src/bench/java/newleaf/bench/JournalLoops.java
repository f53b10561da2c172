package newleaf.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.Outcome;
import newleaf.observed.Recorded;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Step;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A journal that has two lines for each namespace, on a disk. An append waits for the disk, so its
/// figure is mostly the disk's; it must be the same at every size.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class JournalLoops {
  @Param({"100", "1000", "10000"})
  public int namespaces;

  private Path read;
  private Path written;
  private Journal journal;
  private Entry one;

  @Setup
  public void journals() throws IOException {
    Shape shape = new Shape(100, 1, Shape.Workers.NONE, Shape.Due.ROLLOVER);
    FleetFacts facts = new FleetFacts(FleetMaker.make(shape, Instant.now()));
    Plan plan = Planner.plan(facts.desired(), facts.observed(), facts.fleet().at());
    Step step = plan.steps().getLast();
    read = filled(step);
    written = filled(step);
    journal = Journal.open(written, Clock.systemUTC());
    one = new Entry.Ended("of-nothing", new Outcome.AlreadySo());
  }

  private Path filled(Step step) throws IOException {
    Path folder = Files.createTempDirectory("newleaf-journal");
    Journal fresh = Journal.open(folder, Clock.systemUTC());
    for (int i = 0; i < namespaces; i++) {
      fresh.append(new Entry.Begun("a" + i, step, Optional.of("o" + i)));
      fresh.append(new Entry.Ended("a" + i, new Outcome.Done()));
    }
    return folder;
  }

  @Benchmark
  public Recorded openAndFold() {
    return Journal.open(read, Clock.systemUTC()).recorded();
  }

  @Benchmark
  public void append() {
    journal.append(one);
  }

  @TearDown
  public void delete() throws IOException {
    for (Path folder : new Path[] {read, written}) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
