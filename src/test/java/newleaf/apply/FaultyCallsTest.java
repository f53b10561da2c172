package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.cloud.CloudChannel;
import newleaf.cloud.RequestRate;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Moment;
import newleaf.emulator.fault.Schedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls of the Cloud Ops API that fail, and what a rotation makes of it.
final class FaultyCallsTest {
  private static final String UPDATE = "UpdateNamespace";
  private static FaultRig rig;

  private FaultyBooking booking;

  @BeforeAll
  static void start() {
    rig = new FaultRig(1);
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @BeforeEach
  void seed() {
    booking = rig.booking();
  }

  @Test
  void withoutAFaultOneRunDoesIt() {
    booking.apply();
    booking.isDone();
  }

  @Test
  void unavailableServiceIsTriedAgainAndTheRunEndsWell() {
    rig.strike(UPDATE, new Fault.Unavailable(Moment.BEFORE_COMMIT), Schedule.times(4));
    booking.apply();
    booking.isDone();
  }

  @Test
  void serviceThatStaysAwayStopsTheRunAfterFiveTries() {
    rig.strike(UPDATE, new Fault.Unavailable(Moment.BEFORE_COMMIT), new Schedule.Always());
    NewleafException failed = booking.failedApply();
    assertThat(failed).hasMessageContaining("NL3003 namespace/" + booking.namespace);
    assertThat(rig.struck(UPDATE)).isGreaterThanOrEqualTo(5);
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void changeThatWasDoneThoughTheServiceSeemedAwayIsNotSentTwice() {
    rig.strike(UPDATE, new Fault.Unavailable(Moment.AFTER_COMMIT));
    booking.apply();
    booking.isDone();
  }

  @Test
  void lostReplyIsFoundAgainByItsOperation() {
    rig.strike(UPDATE, new Fault.Cut(Moment.AFTER_COMMIT));
    booking.apply();
    booking.isDone();
  }

  @Test
  void cutConnectionIsOpenedAnew() {
    rig.strike(UPDATE, new Fault.Cut(Moment.BEFORE_COMMIT));
    rig.strike("GetAsyncOperation", new Fault.Cut(Moment.BEFORE_COMMIT));
    rig.strike("GetNamespace", new Fault.Cut(Moment.BEFORE_COMMIT));
    booking.apply();
    booking.isDone();
  }

  @Test
  void tooManyCallsAreTriedAgainLater() {
    rig.strike(UPDATE, new Fault.Exhausted(Optional.empty()), Schedule.times(2));
    booking.apply();
    booking.isDone();
  }

  @Test
  void tooManyCallsForTooLongStopTheRun() {
    rig.strike(UPDATE, new Fault.Exhausted(Optional.empty()), new Schedule.Always());
    assertThat(booking.failedApply()).hasMessageContaining("NL3016");
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void tooManyCallsWithAHintAreTriedAgainAfterIt() {
    rig.strike(UPDATE, new Fault.Exhausted(Optional.of(Duration.ofSeconds(2))));
    booking.apply();
    booking.isDone();
  }

  @Test
  void answerThatComesTooLateStopsTheRunAndTheNextOneFindsTheChangeDone() {
    rig.strike(UPDATE, new Fault.Late());
    try (CloudChannel impatient =
        new CloudChannel(rig.endpoint(), Duration.ofMillis(700), new RequestRate(30))) {
      booking.waitsForAnswers(impatient);
      assertThat(booking.failedApply()).hasMessageContaining("NL3011");
    }
    booking.waitsForAnswers(rig.channel);
    booking.nextRunEndsAsIfNothingHadBeen();
    assertThat(booking.operations()).hasSize(2);
  }

  @Test
  void brokenServiceStopsTheRunWithItsWords() {
    rig.strike(UPDATE, new Fault.Broken());
    assertThat(booking.failedApply()).hasMessageContaining("NL3004");
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void changeOfSomebodyElseInBetweenIsReadAndTheStepDecidedAnew() {
    rig.strike(UPDATE, new Fault.Edited(), Schedule.times(2));
    booking.apply();
    assertThat(booking.notes()).anyMatch(n -> n.startsWith("changed meanwhile, looking again"));
    booking.isDone();
  }

  @Test
  void somebodyElseWhoAlwaysComesFirstStopsTheRun() {
    rig.strike(UPDATE, new Fault.Edited(), new Schedule.Always());
    assertThat(booking.failedApply()).hasMessageContaining("NL3005");
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void outageWhileAnOperationRunsIsWaitedOut() {
    rig.strike(
        "GetAsyncOperation",
        new Fault.Unavailable(Moment.BEFORE_COMMIT),
        new Schedule.Calls(3, 12)); // the first ones ask about resumed and other operations
    booking.apply();
    booking.isDone();
  }
}
