package newleaf.simulation;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Applier;
import newleaf.apply.ApprovedPlan;
import newleaf.apply.Crew;
import newleaf.apply.Ending;
import newleaf.apply.FencedPorts;
import newleaf.apply.Pace;
import newleaf.apply.Pace.OnFailure;
import newleaf.apply.Ports;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.observed.JournalPosition;
import newleaf.observed.Observer;
import newleaf.observed.OtherSecrets;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Scopes;

/// Somebody, or a pipeline, that runs `newleaf apply` again and again, whatever becomes of it.
final class Operator {
  /// What a run came to.
  enum End {
    NOTHING_DUE,
    BLOCKED,
    WAITS,
    DONE,
    FAILED,
    LOCKED_OUT,
    KILLED
  }

  /// More old lines than these are put aside; few, so that it happens.
  private static final int LINES = 10;

  private final World world;
  private final Plant plant;
  private final Path state;
  private final String name;
  private final SplittableRandom random;
  private Optional<Plan> saved = Optional.empty();
  private Optional<Plan> last = Optional.empty();
  private int runs;

  Operator(World world, Plant plant, Path state, String name, SplittableRandom random) {
    this.world = world;
    this.plant = plant;
    this.state = state;
    this.name = name;
    this.random = random;
  }

  void forever() {
    while (!world.scheduler.halted()) {
      End end = once(Duration.ofMinutes(random.nextInt(2) * 15L));
      if (world.scheduler.halted()) {
        return;
      }
      world.scheduler.sleep(until(end));
    }
  }

  private Duration until(End end) {
    return switch (end) {
      case NOTHING_DUE -> Duration.ofMinutes(30 + random.nextInt(60));
      case LOCKED_OUT, KILLED, DONE -> Duration.ofSeconds(3 + random.nextInt(120));
      case FAILED -> Duration.ofSeconds(10 + random.nextInt(400));
      case WAITS -> Duration.ofSeconds(100 + random.nextInt(800));
      case BLOCKED -> Duration.ofMinutes(5 + random.nextInt(20));
    };
  }

  /// The plan of the last run that came so far.
  Optional<Plan> lastPlan() {
    return last;
  }

  /// @param waitGates how long it stays for a gate
  End once(Duration waitGates) {
    End end = run(waitGates);
    world.ends.merge(end, 1, Integer::sum);
    return end;
  }

  private End run(Duration waitGates) {
    runs++;
    String run = name + "x" + runs;
    Life life = new Life(world, plant, state, run, random.split());
    try {
      life.step("starting");
      return life.takeLock() ? locked(life, run, waitGates) : End.LOCKED_OUT;
    } catch (Killed _) {
      var _ = Thread.interrupted(); // it goes with the process
      world.crashes++;
      plant.killed(state);
      if (!world.scheduler.halted()) {
        world.law.killed(life, intents(journal()));
      }
      return End.KILLED;
    } catch (NewleafException e) {
      return failed(life, e);
    } catch (UncheckedIOException e) {
      world.tell(() -> life + ": " + e.getMessage());
      life.release();
      return End.FAILED;
    } catch (RuntimeException e) {
      throw world.law.broken("%s threw %s at %s".formatted(life, e, e.getStackTrace()[0]));
    } finally {
      life.end();
      var _ = Thread.interrupted();
    }
  }

  private End failed(Life life, NewleafException e) {
    world.tell(() -> life + " ends: " + e.getMessage());
    if (e.failure() instanceof Failure.Damaged) {
      throw world.law.broken("the journal does not open: " + e.getMessage());
    }
    life.release();
    return End.FAILED;
  }

  private End locked(Life life, String run, Duration waitGates) {
    Ports ports = ports(life);
    Journal journal = life.open();
    if (random.nextInt(5) == 0) {
      boolean compacted = journal.compact(LINES, journal.position().serial());
      world.tell(() -> life + (compacted ? " compacted the journal" : " kept the journal"));
    }
    JournalPosition before = journal.position();
    var history = journal.entries();
    Pace pace =
        new Pace(
            1 + random.nextInt(20),
            random.nextBoolean() ? OnFailure.STOP : OnFailure.CONTINUE_INDEPENDENT);
    Applier applier =
        new Applier(
            ports,
            random.nextInt(4) == 0 ? Crew.alone(life) : new Hands(world.scheduler, life),
            journal,
            new Applier.Options(run, waitGates, Set.copyOf(world.approved), "ann", pace),
            event -> world.tell(() -> life + " " + shortened(event.toString())));
    List<Ending.Failed> unresolved = applier.resume();
    if (pace.onFailure() == OnFailure.STOP) {
      throwFirst(unresolved);
    }
    Plan now = plan(ports, life, journal);
    last = Optional.of(now);
    Optional<ApprovedPlan> approved = saved.map(p -> new ApprovedPlan(p, before, history));
    saved = Optional.empty();
    End end = apply(life, applier, now, approved);
    life.release();
    return end;
  }

  private static String shortened(String text) {
    return text.length() > 150 ? text.substring(0, 150) : text;
  }

  private Ports ports(Life life) {
    Wire wire = plant.wire((s, w, v, o) -> world.cloud.send(s, w, v, o, true), world);
    CloudPorts cloud = new CloudPorts(world, life, wire);
    KeyPorts keys = new KeyPorts(world, life);
    KubePorts kube = new KubePorts(world, life);
    Ports ports =
        new Ports(cloud, cloud, keys, keys, kube, OtherSecrets.NONE, kube, kube, cloud, life);
    return plant.ports(FencedPorts.of(ports, life::fence), world, life);
  }

  private Plan plan(Ports ports, Life life, Journal journal) {
    Observer observer =
        new Observer(
            ports.namespaces(), ports.cas(), ports.leaves(), new KubePorts(world, life)::workers);
    var scope = Scopes.of(world.desired);
    var observed = observer.observe(scope, journal.recorded(), life.instant());
    Plan plan = Planner.plan(world.desired, observed, observed.at());
    world.tell(() ->
        life + " plans " + plan.steps().stream().map(s -> s.verb() + " " + s.address()).toList());
    return plan;
  }

  private End apply(Life life, Applier applier, Plan now, Optional<ApprovedPlan> approved) {
    if (!now.applyable()) {
      world.tell(() -> life + " is blocked: " + now.blockers().getFirst().text());
      return End.BLOCKED;
    }
    if (now.isEmpty()) {
      return End.NOTHING_DUE;
    }
    if (approved.isEmpty() && !world.chaos.isCalm() && random.nextInt(10) == 0) {
      saved = Optional.of(now); // for a person to read first
      return End.WAITS;
    }
    Plan plan = now;
    if (approved.isPresent()) {
      switch (approved.get().on(now, life.instant())) {
        case ApprovedPlan.Verdict.Stale _ -> {
          return End.FAILED;
        }
        case ApprovedPlan.Verdict.Go(var go, var _) -> plan = go;
      }
    }
    Applier.Result result = applier.apply(plant.plan(plan));
    result.waiting().forEach(this::mayApprove);
    throwFirst(result.failures());
    return result.waiting().isEmpty() ? End.DONE : End.WAITS;
  }

  private static void throwFirst(List<Ending.Failed> failures) {
    if (!failures.isEmpty()) {
      throw new NewleafException(failures.getFirst().failure());
    }
  }

  private void mayApprove(Gate gate) {
    if (gate instanceof Gate.Approval && (world.chaos.isCalm() || random.nextInt(3) > 0)) {
      world.approved.add(gate.id());
    }
  }

  Journal journal() {
    return Journal.open(state, world.scheduler);
  }

  /// Ids of operations whose intent is on disk.
  static Set<String> intents(Journal journal) {
    return journal.entries().stream()
        .<String>mapMulti((e, out) -> {
          if (e instanceof Entry.Begun b) {
            b.operation().ifPresent(out);
          }
        })
        .collect(Collectors.toSet());
  }
}
