package newleaf.plan;

import java.util.List;

/// A plan in numbers: steps by verb, gates, and how many steps wait for nothing.
public record Summary(
    int issue,
    int trust,
    int filter,
    int reissue,
    int roll,
    int scale,
    int reload,
    int retire,
    int gates,
    int approvals,
    int runnableNow) {

  static Summary of(Timing timing, List<Gate> gates) {
    List<Step> steps = timing.steps();
    return new Summary(
        count(steps, Action.IssueCa.class),
        count(steps, Action.TrustCa.class),
        count(steps, Action.SetFilters.class),
        count(steps, Action.ReissueLeaf.class),
        count(steps, Action.RollWorker.class),
        count(steps, Action.ScaleWorker.class),
        count(steps, Action.AwaitReload.class),
        count(steps, Action.RetireCa.class),
        gates.size(),
        (int)
            gates.stream()
                .filter(g -> g instanceof Gate.Approval approval && !approval.given())
                .count(),
        (int) steps.stream().filter(timing::isFree).count());
  }

  private static int count(List<Step> steps, Class<? extends Action> kind) {
    return (int) steps.stream().map(Step::action).filter(kind::isInstance).count();
  }
}
