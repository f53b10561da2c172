package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import newleaf.journal.Documents;
import newleaf.journal.FolderDocuments;
import newleaf.journal.Journal;
import newleaf.plan.Plan;
import newleaf.workflow.HomeActivities;
import newleaf.workflow.Runs;

/// A scenario whose steps an engine asks for. Its world is in memory and of one thread, so one
/// piece of work comes after the other, and the time is never before that of the engine.
class SharedScenario implements Runs {

  /// Another desired state may take its place.
  volatile Scenario scenario;

  final List<String> said = Collections.synchronizedList(new ArrayList<>());

  /// Kills the worker at one of its moments; another one goes on.
  Tripwire wire = new Tripwire(0);

  HomeActivities.Drift drift = new HomeActivities.Drift(0, false, "No drift.");

  private final Supplier<Instant> engine;
  private final Documents documents;

  SharedScenario(Scenario scenario, Supplier<Instant> engine) {
    this.scenario = scenario;
    this.engine = engine;
    this.documents = new FolderDocuments(scenario.state());
  }

  @Override
  public synchronized <T> T during(Work<T> work) throws InterruptedException {
    Timeline time = scenario.world().time;
    Duration behind = Duration.between(time.instant(), engine.get());
    if (behind.isPositive()) {
      time.pause(behind);
    }
    Journal journal = scenario.mortalJournal(wire);
    SharedRun shared = new SharedRun(MortalPorts.of(ports(), wire), journal);
    try {
      return work.in(new Open(shared, journal, documents, time, this::plan));
    } catch (Tripwire.Killed e) {
      wire = new Tripwire(0);
      throw FakeFailures.remote("the worker", "was killed " + e.getMessage());
    }
  }

  /// As the worker reaches the world.
  Ports ports() {
    return scenario.world().ports();
  }

  Plan plan() {
    return scenario.plan();
  }

  @Override
  public HomeActivities.Drift drift(HomeActivities.Compare compare) {
    return drift;
  }

  @Override
  public String text(Plan plan) {
    return plan.digest();
  }

  @Override
  public void say(String what) {
    said.add(what);
  }
}
