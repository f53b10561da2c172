package newleaf.emulator.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import newleaf.emulator.fault.Fault.Ending;
import newleaf.emulator.fault.Fault.Moment;

/// A fault under the name by which a person asks for it.
///
/// @param method of the calls that it strikes; empty for a clock
/// @param begin adds it to the faults, to strike when the schedule says
public record Rehearsal(
    String name, String method, Optional<Fault> fault, BiConsumer<Faults, Schedule> begin) {
  private static final String UPDATE = "UpdateNamespace";
  private static final String REASON = "internal error, incident 4711";

  /// Where the workers' leaf is in the embedded world; the one before it lies beside it.
  private static final String WORKERS_SECRET = "temporal-booking/temporal-booking-tls";

  private static final Duration A_WHILE = Duration.ofSeconds(20);
  private static final Duration CLOCK_OFF = Duration.ofMinutes(10);

  private static final List<Rehearsal> ALL =
      List.of(
          call("unavailable", UPDATE, new Fault.Unavailable(Moment.BEFORE_COMMIT)),
          call("unavailable-but-done", UPDATE, new Fault.Unavailable(Moment.AFTER_COMMIT)),
          call("connection-cut", UPDATE, new Fault.Cut(Moment.BEFORE_COMMIT)),
          call("lost-reply", UPDATE, new Fault.Cut(Moment.AFTER_COMMIT)),
          call("late-reply", UPDATE, new Fault.Late()),
          call("rate-limit", UPDATE, new Fault.Exhausted(Optional.of(Duration.ofSeconds(2)))),
          call("internal-error", UPDATE, new Fault.Broken()),
          call("stale-version", UPDATE, new Fault.Edited()),
          call("operation-failed", UPDATE, new Fault.Ends(Ending.FAILED, REASON)),
          call("operation-cancelled", UPDATE, new Fault.Ends(Ending.CANCELLED, REASON)),
          call("operation-rejected", UPDATE, new Fault.Ends(Ending.REJECTED, REASON)),
          call("operation-never-ends", UPDATE, new Fault.NeverEnds()),
          call("namespace-busy", UPDATE, new Fault.Busy(Optional.of(A_WHILE))),
          call("namespace-busy-for-ever", UPDATE, new Fault.Busy(Optional.empty())),
          call("slow-spread", UPDATE, new Fault.SlowSpread(A_WHILE)),
          clock("clock-ahead", CLOCK_OFF),
          clock("clock-behind", CLOCK_OFF.negated()),
          object("secret-edited", "patch secrets", WORKERS_SECRET, new Fault.Edited()),
          call("cluster-lost-reply", "patch deployments", new Fault.Cut(Moment.AFTER_COMMIT)),
          call(
              "cluster-rate-limit",
              "patch deployments",
              new Fault.Exhausted(Optional.of(Duration.ofSeconds(2)))),
          call("cluster-error", "patch deployments", new Fault.Broken()),
          call("scaled", "patch deployments", new Fault.Scaled(5)),
          call("stale-pods", "list pods", new Fault.StaleList(Duration.ofSeconds(5))),
          call("pod-crash", "start pods", new Fault.Crash()),
          call("rollout-stuck", "start pods", new Fault.NeverReady()));

  public static List<Rehearsal> all() {
    return ALL;
  }

  public static Optional<Rehearsal> named(String name) {
    return ALL.stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /// What a fault that struck is called.
  public static String nameOf(Faults.Strike strike) {
    return ALL.stream()
        .filter(r -> r.fault().equals(Optional.of(strike.fault())))
        .filter(r -> r.method().equals(strike.site().method()))
        .findFirst()
        .map(Rehearsal::name)
        .orElseGet(() -> strike.fault().toString());
  }

  private static Rehearsal call(String name, String method, Fault fault) {
    return of(name, method, Optional.empty(), fault);
  }

  private static Rehearsal object(String name, String method, String resource, Fault fault) {
    return of(name, method, Optional.of(resource), fault);
  }

  private static Rehearsal of(String name, String method, Optional<String> resource, Fault fault) {
    return new Rehearsal(
        name,
        method,
        Optional.of(fault),
        (faults, schedule) -> faults.add(new Rule(fault, Set.of(method), resource, schedule)));
  }

  /// Of the service, always.
  private static Rehearsal clock(String name, Duration off) {
    return new Rehearsal(name, "", Optional.empty(), (faults, _) -> faults.shiftClock(off));
  }
}
