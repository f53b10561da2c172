package newleaf.bench;

import java.time.Duration;
import java.time.Instant;
import newleaf.desired.Desired;
import newleaf.observed.Observed;
import newleaf.plan.Plan;
import newleaf.plan.Planner;

/// Plans a fleet with nothing but the planner, again and again, for a profiler to look at:
/// `PlanInMemory <namespaces> <none|files|cluster> <nothing|rollover> [seconds]`.
final class PlanInMemory {
  private PlanInMemory() {}

  public static void main(String[] args) {
    Shape shape =
        new Shape(
            Integer.parseInt(args[0]),
            1,
            Shape.Workers.valueOf(args[1].toUpperCase(java.util.Locale.ROOT)),
            Shape.Due.valueOf(args[2].toUpperCase(java.util.Locale.ROOT)));
    Duration lasts = Duration.ofSeconds(args.length > 3 ? Long.parseLong(args[3]) : 10);
    Instant now = Instant.now();
    FleetFacts facts = new FleetFacts(FleetMaker.make(shape, now));
    System.out.printf("made in %d ms%n", Duration.between(now, Instant.now()).toMillis());
    Instant parse = Instant.now();
    Desired desired = facts.desired();
    System.out.printf("parsed in %d ms%n", Duration.between(parse, Instant.now()).toMillis());
    Observed observed = facts.observed();
    Instant end = Instant.now().plus(lasts);
    do {
      Instant start = Instant.now();
      Plan plan = Planner.plan(desired, observed, facts.fleet().at());
      Duration took = Duration.between(start, Instant.now());
      System.out.printf("%d steps in %d ms%n", plan.steps().size(), took.toMillis());
    } while (Instant.now().isBefore(end));
  }
}
