package newleaf.apply;

import java.time.Duration;
import java.util.List;
import newleaf.Failure;
import newleaf.plan.Gate;
import newleaf.plan.Step;

/// How a run ended, for whoever tells it.
///
/// @param done steps that are done or were so already
/// @param of steps of the plan
/// @param failed those that failed, and those of which nobody knows whether they ended
/// @param waiting gates that hold the rest back
/// @param heldBack steps that can not run because another one failed
public record Ending(
    int done, int of, List<Failed> failed, List<Gate> waiting, List<Step> heldBack, Duration took) {

  public record Failed(Step step, Failure failure) {}

  public Ending {
    failed = List.copyOf(failed);
    waiting = List.copyOf(waiting);
    heldBack = List.copyOf(heldBack);
  }
}
