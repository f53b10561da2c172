package newleaf.workflow;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.plan.Gate;
import newleaf.workflow.HomeActivities.Look;
import newleaf.workflow.HomeActivities.Window;

/// See [RotationWorkflow]. Knows no more than what activities tell: each look plans anew, so facts
/// beat what it remembers (invariant I5).
public final class DurableRotation implements RotationWorkflow {
  /// Facts may change while a gate is shut: it is looked again after this long at the latest.
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(2);

  /// Another rotation has to do something first; each look that finds nothing new doubles it.
  private static final Duration FOR_OTHERS = Duration.ofSeconds(30);

  private static final Duration FOR_OTHERS_AT_MOST = Duration.ofHours(1);

  /// Until somebody repairs what is in the way, without telling it here.
  private static final Duration STUCK = Duration.ofMinutes(15);

  /// Facts that move all the time are not chased for ever.
  private static final int MOVED_AT_MOST = 5;

  private static final int LAST = 40;

  /// Events of one run. The service allows 51,200; replaying so many takes its time.
  private static final int LONG = 8_000;

  private final String share;
  private final Instant since;
  private final Deque<Deed> last = new ArrayDeque<>();
  private final Map<String, Approval> given = new LinkedHashMap<>();
  private final Set<String> writtenDown = new HashSet<>();
  private final Set<String> underWay = new HashSet<>();
  private String digest;
  private boolean adopted;
  private Duration forOthers = FOR_OTHERS;
  private Phase phase = Phase.LOOKING;
  private Map<String, Object> shown = Map.of();
  private List<Gate> holding = List.of();
  private Optional<Instant> due = Optional.empty();
  private Optional<String> why = Optional.empty();
  private long told;

  @WorkflowInit
  public DurableRotation(Request request) {
    this.share = request.share();
    this.digest = request.digest();
    this.since = request.before().map(Past::since).orElseGet(DurableRotation::now);
    request.before().ifPresent(past -> last.addAll(past.last()));
    this.told = request.before().map(Past::told).orElse(0L);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  @Override
  public long rotate(Request request) {
    try {
      return rotate();
    } catch (ActivityFailure e) {
      Workflow.newDetachedCancellationScope(this::writeDownApprovals).run(); // what came meanwhile
      throw Ends.ofWorkflow(e);
    }
  }

  private long rotate() {
    int moved = 0;
    while (true) {
      writeDownApprovals();
      Window window = look();
      if (window.isDone() && !adopted) {
        turn(Phase.DONE);
        return told;
      }
      if (window.steps().isEmpty()) {
        await(window);
      } else if (carryOut(window)) {
        moved = 0;
        forOthers = FOR_OTHERS;
      } else {
        moved++;
        if (moved > MOVED_AT_MOST) {
          throw Ends.moving(share);
        }
        Workflow.sleep(SHORTEST_WAIT.multipliedBy(moved));
      }
      CancellationScope.throwCanceled();
      goOnInNewRun();
    }
  }

  private Window look() {
    turn(Phase.LOOKING);
    adopted = false;
    return Patience.home("look").look(new Look(share, digest));
  }

  private void writeDownApprovals() {
    for (Approval approval : List.copyOf(given.values())) {
      if (writtenDown.add(approval.gate())) {
        Patience.home("approve " + approval.gate()).approve(approval);
      }
    }
  }

  /// @return false when a step found that the world moved since it was planned
  private boolean carryOut(Window window) {
    turn(Phase.WORKING);
    return new Steps(digest, this::told, underWay).carryOut(window.steps());
  }

  private void told(Steps.Ended ended) {
    told++;
    last.add(
        new Deed(
            told,
            now(),
            ended.step().verb(),
            ended.step().address(),
            ended.done().outcome(),
            ended.done().took(),
            ended.done().proofs()));
    while (last.size() > LAST) {
      last.remove();
    }
  }

  private void await(Window window) {
    holding = window.holding();
    why = window.stuck();
    due = window.opens();
    turn(window.holding().isEmpty() && !window.elsewhere() ? Phase.STUCK : Phase.WAITING);
    boolean _ = Workflow.await(patience(window), () -> adopted || isApproved());
    holding = List.of();
    why = Optional.empty();
    due = Optional.empty();
  }

  /// At least a moment: the clock of a worker may be behind that of the service.
  private Duration patience(Window window) {
    Duration atMost = LONGEST_WAIT;
    if (window.elsewhere()) {
      atMost = forOthers;
      forOthers = Patience.shorter(forOthers.multipliedBy(2), FOR_OTHERS_AT_MOST);
    } else if (window.stuck().isPresent()) {
      atMost = STUCK;
    }
    Duration wait =
        Patience.shorter(due.map(t -> Duration.between(now(), t)).orElse(atMost), atMost);
    return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
  }

  private boolean isApproved() {
    return !writtenDown.containsAll(given.keySet());
  }

  /// A history is only so long.
  private void goOnInNewRun() {
    if (Workflow.getInfo().isContinueAsNewSuggested()
        || Workflow.getInfo().getHistoryLength() > LONG) {
      while (isApproved()) { // more may come while one is written down
        writeDownApprovals();
      }
      var past = new Past(since, told, List.copyOf(last));
      Workflow.continueAsNew(new Request(share, digest, Optional.of(past)));
    }
  }

  /// What can be seen of many at once in a list of workflows; to look is no news.
  private void turn(Phase next) {
    phase = next;
    Map<String, Object> now =
        Map.of("phase", next.name(), "due", due.map(Instant::toString).orElse(""));
    if (next != Phase.LOOKING && !now.equals(shown)) {
      Workflow.upsertMemo(now);
      shown = now;
    }
  }

  @Override
  public void approve(Approval approval) {
    given.putIfAbsent(approval.gate(), approval);
  }

  @Override
  public void adopt(String plan) {
    digest = plan;
    adopted = true;
  }

  @Override
  public Status status() {
    return new Status(
        share,
        digest,
        phase,
        since,
        underWay.stream().sorted().toList(),
        holding,
        due,
        why,
        List.copyOf(given.values()),
        told,
        List.copyOf(last));
  }
}
