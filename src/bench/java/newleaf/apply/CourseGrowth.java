package newleaf.apply;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import newleaf.journal.Journal;
import newleaf.journal.PlanFile;
import newleaf.plan.Action;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// How long saved plans take on virtual time, and what choosing their steps costs: `CourseGrowth 20
/// plan.json ...` (`newleaf plan --out plan.json`), at most 20 steps at once. An operation takes 2
/// s, its proofs 1.2 s, other steps what the plan estimates. The bound is `ceil(N/10) x 2 s` for N
/// trust steps.
final class CourseGrowth {
  private static final Duration OPERATION = Duration.ofSeconds(2);
  private static final Duration PROOFS = Duration.ofMillis(1200);

  private final Plan plan;
  private final Pace pace;
  private final FakeTime time;
  private Instant trusted;

  private CourseGrowth(Plan plan, Pace pace) {
    this.plan = plan;
    this.pace = pace;
    this.time = new FakeTime(plan.asOf());
    this.trusted = plan.asOf();
  }

  public static void main(String[] args) {
    System.out.println("steps   trust  bound s  trust s  all s    choosing: cpu us/step");
    var pace = new Pace(Integer.parseInt(args[0]), Pace.OnFailure.STOP);
    for (String file : List.of(args).subList(1, args.length)) {
      new CourseGrowth(PlanFile.read(Path.of(file)), pace).run();
    }
  }

  private void run() {
    Set<String> approvals = plan.gates().stream().map(Gate::id).collect(Collectors.toSet());
    var options = new Applier.Options("r", Duration.ofDays(365), approvals, "bench", pace);
    Journal journal =
        Journal.open(Jimfs.newFileSystem(Configuration.unix()).getPath("/state"), time);
    Gates gates = new Gates(journal, time, options);
    var wiring = new Course.Wiring(new FakeHands(time), time, gates, this::work, _ -> {});
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Applier.Result result = new Course(plan, wiring, options, List.of()).run();
    cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    long trusts = plan.steps().stream().filter(CourseGrowth::trusts).count();
    System.out.printf(
        "%-7d %-6d %-8d %-8.1f %-8.1f %.0f%n",
        result.done(),
        trusts,
        (trusts + 9) / 10 * OPERATION.toSeconds(),
        seconds(trusted),
        seconds(time.instant()),
        cpu / 1e3 / plan.steps().size());
  }

  private double seconds(Instant end) {
    return Duration.between(plan.asOf(), end).toMillis() / 1e3;
  }

  private static boolean trusts(Step step) {
    return step.action() instanceof Action.TrustCa;
  }

  private void work(Step step, OperationSlot slot) {
    if (!Course.isOperation(step)) {
      time.pause(step.terms().estimate());
      return;
    }
    time.pause(OPERATION);
    slot.free();
    if (trusts(step)) {
      trusted = time.instant();
    }
    time.pause(PROOFS);
  }
}
