package newleaf.simulation;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// One seed from the first run to the time when nothing is left to do.
final class Simulation {
  /// @param off single faults that do not happen
  record Settings(long seed, int operators, int namespaces, Set<String> off) {
    static Settings of(long seed) {
      return new Settings(seed, 3, 4, Set.of());
    }
  }

  /// @param breach what went wrong; empty when nothing did
  record Result(
      Settings settings,
      Optional<String> breach,
      Set<String> struck,
      Map<Fault, Integer> faults,
      int effects,
      int crashes,
      int takeovers,
      Map<Operator.End, Integer> ends,
      long steps,
      List<String> story) {}

  private final Settings settings;
  private final Plant plant;
  private final SplittableRandom random;
  private final Scheduler scheduler = new Scheduler(World.BEGIN);
  private final Chaos chaos;
  private final World world;
  private final List<String> story = new ArrayList<>();

  private Simulation(Settings settings, Plant plant, boolean told) {
    this.settings = settings;
    this.plant = plant;
    this.random = new SplittableRandom(settings.seed());
    this.chaos = new Chaos(settings.seed(), settings.off());
    Setting setting = Setting.of(random.split(), settings.namespaces());
    if (told) {
      story.add(setting.yaml());
    }
    this.world =
        new World(
            scheduler,
            chaos,
            setting.desired(),
            random.split(),
            told ? Optional.of(story) : Optional.empty());
    Genesis.of(world, setting, random.split());
  }

  static Result run(Settings settings, Plant plant, boolean told) {
    try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
      return new Simulation(settings, plant, told).run(disk.getPath("/state"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result run(Path state) {
    world.law.begin();
    world.weather.begin();
    int number = Math.min(1 + random.nextInt(3), settings.operators());
    for (int i = 0; i < number; i++) {
      Operator operator = new Operator(world, plant, state, "op" + i, random.split());
      scheduler.start(
          "op" + i,
          Duration.ofSeconds(i),
          () -> {
            try {
              operator.forever();
            } catch (Killed _) {
              return; // the end
            } catch (RuntimeException e) {
              var _ = world.law.broken("a thread died of " + e);
            }
          });
    }
    scheduler.sleep(Duration.ofMinutes(20 + random.nextInt(100)));
    chaos.calm();
    scheduler.drain();
    if (world.law.breach().isEmpty()) {
      try {
        new Aftermath(world, plant, state, random.split()).check();
      } catch (Killed _) {
        // the law says why
      }
    }
    return result();
  }

  private Result result() {
    return new Result(
        settings,
        world.law.breach(),
        chaos.struck(),
        new EnumMap<Fault, Integer>(
            chaos.counts().isEmpty() ? Map.of(Fault.CRASH, 0) : chaos.counts()),
        world.effects.size(),
        world.crashes,
        world.takeovers,
        world.ends,
        scheduler.steps(),
        story);
  }
}
