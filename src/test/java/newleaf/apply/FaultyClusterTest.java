package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Moment;
import newleaf.emulator.fault.Schedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Faults of the cluster, and what a rotation makes of them.
final class FaultyClusterTest {
  private static final String PATCH_SECRET = "patch secrets";
  private static final String PATCH_DEPLOYMENT = "patch deployments";
  private static FaultRig rig;

  @BeforeAll
  static void start() {
    rig = new FaultRig(1);
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void secretEditedMeanwhileIsReadAgainAndTheStepDecidedAnew() {
    FaultyBooking booking = rig.booking();
    rig.strike(PATCH_SECRET, booking.name + "/tls", new Fault.Edited(), Schedule.once());
    booking.apply();
    assertThat(booking.notes())
        .anyMatch(n -> n.startsWith("changed meanwhile, looking again: NL4002"));
    booking.isDone();
  }

  @Test
  void secretThatSomebodyKeepsEditingStopsTheRun() {
    FaultyBooking booking = rig.booking();
    rig.strike(PATCH_SECRET, booking.name + "/tls", new Fault.Edited(), new Schedule.Always());
    assertThat(booking.failedApply())
        .hasMessageContaining("NL4002 secret/" + booking.name + "/tls")
        .hasMessageContaining("nothing was written");
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void throttledCallsAreMadeAgainWhenTheServerSaysSo() {
    FaultyBooking booking = rig.booking();
    Fault throttled = new Fault.Exhausted(Optional.of(Duration.ofSeconds(1)));
    rig.strike(PATCH_SECRET, throttled);
    booking.apply();
    booking.isDone();
  }

  @Test
  void serverThatKeepsThrottlingStopsTheRun() {
    FaultyBooking booking = rig.booking();
    rig.strike(PATCH_DEPLOYMENT, new Fault.Exhausted(Optional.empty()), new Schedule.Always());
    assertThat(booking.failedApply())
        .hasMessageContaining("NL4012")
        .hasMessageContaining("patching deployment/" + booking.name + "/worker failed")
        .hasMessageContaining("too many requests")
        .hasMessageEndingWith("Run the same command again; that is safe.");
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void serverErrorsThatPassAreTriedAgain() {
    FaultyBooking booking = rig.booking();
    rig.strike(PATCH_SECRET, new Fault.Broken());
    rig.strike(PATCH_DEPLOYMENT, new Fault.Unavailable(Moment.BEFORE_COMMIT), Schedule.times(2));
    rig.strike("get secrets", new Fault.Unavailable(Moment.BEFORE_COMMIT));
    rig.strike("list pods", new Fault.Broken());
    booking.apply();
    booking.isDone();
  }

  @Test
  void serverErrorsThatStayStopTheRun() {
    FaultyBooking booking = rig.booking();
    rig.strike(PATCH_SECRET, new Fault.Broken(), new Schedule.Always());
    assertThat(booking.failedApply())
        .hasMessageContaining("NL4012")
        .hasMessageContaining("Internal error occurred")
        .hasMessageEndingWith("Run the same command again; that is safe.");
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void secretWrittenByACallWhoseConnectionWasCutIsSeenToBeThere() {
    FaultyBooking booking = rig.booking();
    rig.strike(
        PATCH_SECRET, booking.name + "/tls", new Fault.Cut(Moment.AFTER_COMMIT), Schedule.once());
    booking.apply();
    booking.isDone();
  }

  @Test
  void cutConnectionsStopTheRunOrAreOpenedAnewAndTheNextRunGoesOn() {
    FaultyBooking booking = rig.booking();
    rig.strike(PATCH_DEPLOYMENT, new Fault.Cut(Moment.BEFORE_COMMIT), new Schedule.Always());
    assertThat(booking.failedApply())
        .hasMessageContaining("NL4011")
        .hasMessageContaining("patching deployment/" + booking.name + "/worker failed");
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void stuckRolloutStopsTheRunAndBothLeavesStayAccepted() {
    FaultyBooking booking = rig.booking();
    rig.strike("start pods", new Fault.NeverReady());
    assertThat(booking.failedApply())
        .hasMessageContaining("NL5102 deployment/" + booking.name + "/worker")
        .hasMessageContaining("ProgressDeadlineExceeded");
    assertThat(booking.accepted()).containsExactly(booking.oldCa(), booking.newCa());
    booking.nobodyWasRefused();
    booking.unreadyPodsAreDeleted();
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void crashingPodStopsTheRunAndBothLeavesStayAccepted() {
    FaultyBooking booking = rig.booking();
    rig.strike("start pods", new Fault.Crash());
    assertThat(booking.failedApply())
        .hasMessageContaining("NL5102 deployment/" + booking.name + "/worker")
        .hasMessageContaining("CrashLoopBackOff");
    assertThat(booking.accepted()).containsExactly(booking.oldCa(), booking.newCa());
    FaultyBooking.until("it comes up", () -> booking.observed().stuck().isEmpty());
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void deploymentScaledMeanwhileIsRolledAsItIs() {
    FaultyBooking booking = rig.booking();
    booking.scaledBySomebodyTo(5);
    rig.strike(PATCH_DEPLOYMENT, new Fault.Scaled(5));
    booking.apply();
    booking.isDone();
  }

  @Test
  void deploymentScaledJustBeforeItGoesToZeroComesBackAsScaled() {
    FaultyBooking booking = rig.booking(yaml -> yaml.replace("restart: rolling", "restart: scale"));
    booking.scaledBySomebodyTo(4);
    rig.strike(PATCH_DEPLOYMENT, new Fault.Scaled(4));
    booking.apply();
    booking.isDone();
  }

  @Test
  void replicasComeBackThoughTheConnectionWasCutAtEveryPatch() {
    FaultyBooking booking = rig.booking(yaml -> yaml.replace("restart: rolling", "restart: scale"));
    rig.strike(PATCH_DEPLOYMENT, new Fault.Cut(Moment.AFTER_COMMIT), Schedule.times(2));
    booking.apply();
    booking.isDone();
  }

  @Test
  void podListThatLagsIsLookedAtAgain() {
    FaultyBooking booking = rig.booking();
    rig.strike("list pods", new Fault.StaleList(Duration.ofMillis(300)), new Schedule.Calls(1, 20));
    booking.apply();
    booking.isDone();
  }
}
