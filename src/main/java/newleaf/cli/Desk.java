package newleaf.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.desired.Desired;
import newleaf.drift.Drift;
import newleaf.drift.IgnoreList;
import newleaf.journal.Snapshot;
import newleaf.journal.StateFile;
import newleaf.plan.Plan;
import newleaf.report.DriftText;
import newleaf.report.PlanText;
import newleaf.workflow.HomeActivities;
import newleaf.workflow.RemoteClusters;
import newleaf.workflow.Runs;

/// Where the activities of a worker act: the lock of the state is taken when the first comes, kept
/// for all that come meanwhile, and released a moment after the last, so that `newleaf apply` on a
/// command line gets its turn while rotations wait at gates.
final class Desk implements Runs, AutoCloseable {
  /// Steps follow each other closely, and taking the lock means reading the whole journal.
  private static final Duration LINGER = Duration.ofSeconds(3);

  private final Terminal terminal;
  private final Inputs inputs;
  private final Wiring.Limits limits;
  private final RemoteClusters remote;
  private final Consumer<String> said;
  private final DesiredFile file;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("desk").factory());

  private Optional<Sitting> sitting = Optional.empty();
  private Optional<ScheduledFuture<?>> leaving = Optional.empty();
  private int working;

  /// @param said hears what activities do
  Desk(
      Terminal terminal,
      Inputs inputs,
      Wiring.Limits limits,
      RemoteClusters remote,
      Consumer<String> said) {
    this.remote = remote;
    this.terminal = terminal;
    this.inputs = inputs;
    this.limits = limits;
    this.said = said;
    this.file = new DesiredFile(terminal, inputs, said);
  }

  @Override
  public <T> T during(Work<T> work) throws InterruptedException {
    Sitting mine = sitDown();
    try {
      return work.in(mine.open());
    } catch (NewleafException e) {
      if (e.failure() instanceof Failure.LockHeld) {
        mine.lose();
      }
      throw e;
    } finally {
      standUp();
    }
  }

  /// A file that was changed is read anew once nobody works on what it said before.
  private synchronized Sitting sitDown() throws InterruptedException {
    Desired now = desired();
    leaving.ifPresent(l -> l.cancel(false));
    while (working > 0 && sitting.filter(s -> s.isOf(now)).isEmpty()) {
      wait();
    }
    if (sitting.filter(s -> s.isOf(now)).isEmpty()) {
      leave();
      sitting = Optional.of(Sitting.at(terminal, inputs, now, limits, remote));
    }
    working++;
    return sitting.orElseThrow();
  }

  /// A file that can not be used as it is keeps what it said before; whoever has nothing of before
  /// asks again.
  private Desired desired() {
    return file.now().or(() -> sitting.map(Sitting::desired)).orElseThrow(this::unusable);
  }

  private NewleafException unusable() {
    return new NewleafException(
        new Failure.RemoteError(
            new Explanation(
                "NL5310",
                inputs.file(),
                "can not be used as it is now: " + file.trouble(),
                "Repair it; the worker goes on by itself.")));
  }

  private synchronized void standUp() {
    working--;
    if (working == 0 && !clock.isShutdown()) {
      leaving =
          Optional.of(clock.schedule(this::leaveIfIdle, LINGER.toMillis(), TimeUnit.MILLISECONDS));
    }
    notifyAll();
  }

  private synchronized void leaveIfIdle() {
    if (working == 0) {
      leave();
    }
  }

  private void leave() {
    sitting.ifPresent(Sitting::close);
    sitting = Optional.empty();
  }

  @Override
  public HomeActivities.Drift drift(HomeActivities.Compare compare) {
    Desired desired = inputs.desired(terminal);
    try (State state = inputs.state(terminal, desired)) {
      Optional<Snapshot> snapshot = StateFile.read(StateFile.in(state.documents()));
      Look look = Look.take(terminal, desired, inputs.base(terminal), state, remote);
      Drift drift = look.drift(snapshot, compare.failWithin(), IgnoreList.NOTHING);
      return new HomeActivities.Drift(
          drift.findings().size(), !drift.atRisk().isEmpty(), DriftText.of(drift));
    }
  }

  @Override
  public String text(Plan plan) {
    return PlanText.of(plan);
  }

  @Override
  public void say(String what) {
    said.accept(what);
  }

  @Override
  public synchronized void close() {
    clock.shutdownNow();
    leave();
  }
}
