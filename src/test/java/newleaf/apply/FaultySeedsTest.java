package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Ending;
import newleaf.emulator.fault.Fault.Moment;
import newleaf.emulator.fault.Schedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many faults at once, by chance.
final class FaultySeedsTest {
  private static final int RUNS_AT_MOST = 25;
  private static final double RATE = 0.15;
  private static final Fault DOWN = new Fault.Unavailable(Moment.BEFORE_COMMIT);
  private static final Fault LOST = new Fault.Cut(Moment.AFTER_COMMIT);

  private static final Map<String, List<Fault>> FAULTS =
      Map.of(
          "UpdateNamespace",
          List.of(
              DOWN,
              LOST,
              new Fault.Unavailable(Moment.AFTER_COMMIT),
              new Fault.Exhausted(Optional.empty()),
              new Fault.Edited(),
              new Fault.Broken(),
              new Fault.Ends(Ending.FAILED, "internal")),
          "GetNamespace",
          List.of(DOWN, LOST),
          "GetAsyncOperation",
          List.of(DOWN, LOST),
          "get secrets",
          List.of(DOWN),
          "patch secrets",
          List.of(LOST, new Fault.Edited(), new Fault.Broken()),
          "patch deployments",
          List.of(LOST, DOWN),
          "start pods",
          List.of(new Fault.Crash()));

  private static FaultRig rig;

  @BeforeAll
  static void start() {
    rig = new FaultRig(1);
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void rotationEndsHoweverManyCallsFailAndNoLeafInUseIsRefused(long seed) {
    FaultyBooking booking = rig.booking();
    FAULTS.forEach((method, faults) ->
        faults.forEach(fault -> rig.strike(method, fault, new Schedule.Drawn(RATE, seed))));
    int runs = 1;
    while (!ends(booking)) {
      assertThat(++runs).as("runs with seed " + seed).isLessThan(RUNS_AT_MOST);
    }
    FaultyBooking.until("pods are up", () -> booking.observed().stuck().isEmpty());
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  private static boolean ends(FaultyBooking booking) {
    // a plan is blocked while a pod waits to be started again
    FaultyBooking.until("pods are up", () -> booking.observed().stuck().isEmpty());
    try {
      booking.apply();
      return true;
    } catch (NewleafException e) {
      booking.nobodyWasRefused();
      return false;
    }
  }
}
