package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import newleaf.cert.Pem;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Ending;
import newleaf.emulator.fault.Schedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Operations that end badly or not at all, other people's changes, lists that lag, wrong clocks.
final class FaultyOperationsTest {
  private static final String UPDATE = "UpdateNamespace";
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
  @EnumSource
  void operationThatEndsBadlyStopsTheRunWithItsReason(Ending ending) {
    FaultyBooking booking = rig.booking();
    rig.strike(UPDATE, new Fault.Ends(ending, "quota of the region is used up"));
    assertThat(booking.failedApply())
        .hasMessageContaining("NL3013 namespace/booking.sdvdw: operation newleaf-")
        .hasMessageContaining("is " + ending + ": quota of the region is used up.")
        .hasMessageEndingWith("It had no effect. Run: newleaf plan");
    assertThat(booking.accepted()).containsExactly(booking.oldCa());
    booking.nextRunEndsAsIfNothingHadBeen();
    assertThat(booking.operations()).hasSize(3);
  }

  @Test
  void operationThatNeverEndsIsWaitedForTenMinutesByEachRunAndSentOnce() {
    FaultyBooking booking = rig.booking();
    Instant before = rig.time.instant();
    rig.strike(UPDATE, new Fault.NeverEnds());
    assertThat(booking.failedApply())
        .hasMessageContaining("NL3014 namespace/booking.sdvdw: operation newleaf-")
        .hasMessageContaining("has not ended within 600 s; it may still take effect");
    assertThat(Duration.between(before, rig.time.instant())).isEqualTo(Duration.ofMinutes(10));
    assertThat(booking.failedApply()).hasMessageContaining("NL3014");
    rig.emulator.account().endNow(FaultRig.NAMESPACE);
    booking.nextRunEndsAsIfNothingHadBeen();
    assertThat(booking.operations()).hasSize(2);
  }

  @Test
  void operationOfSomebodyElseIsWaitedFor() {
    FaultyBooking booking = rig.booking();
    rig.strike(UPDATE, new Fault.Busy(Optional.of(Duration.ofSeconds(40))));
    booking.apply();
    assertThat(booking.notes()).anyMatch(n -> n.contains("is busy with async operation"));
    booking.isDone();
  }

  @Test
  void operationOfSomebodyElseThatNeverEndsStopsTheRun() {
    FaultyBooking booking = rig.booking();
    rig.strike(UPDATE, new Fault.Busy(Optional.empty()));
    assertThat(booking.failedApply())
        .hasMessageContaining("NL3019 namespace/booking.sdvdw")
        .hasMessageContaining("somebody else's operation of-somebody-else-")
        .hasMessageContaining("Nothing was changed.");
    assertThat(booking.accepted()).containsExactly(booking.oldCa());
    rig.emulator.account().endNow(FaultRig.NAMESPACE);
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void caThatSomebodyAddsBetweenPlanAndApplyStays() {
    FaultyBooking booking = rig.booking();
    var foreign = FakeAuthorities.foreign("Payments CA", rig.time.instant()).certificate();
    booking.apply(() ->
        rig.emulator
            .account()
            .edit(
                FaultRig.NAMESPACE,
                spec -> {
                  var changed = spec.toBuilder();
                  ByteString more = ByteString.copyFromUtf8("\n" + Pem.of(foreign));
                  changed
                      .getMtlsAuthBuilder()
                      .setAcceptedClientCa(spec.getMtlsAuth().getAcceptedClientCa().concat(more));
                  return changed.build();
                }));
    assertThat(booking.accepted()).containsExactlyInAnyOrder(booking.newCa(), "Payments CA G1");
    booking.rotatedOnce();
  }

  @Test
  void listThatLagsMakesNoStepTwice() {
    FaultyBooking booking =
        rig.booking(yaml ->
            yaml.replace("namespaces:\n", "namespaces:\n  other.sdvdw: {cas: [booking]}\n"));
    booking.alsoTrustedBy("other");
    rig.strike("GetNamespaces", new Fault.StaleList(Duration.ofMinutes(30)), new Schedule.Always());
    booking.apply();
    booking.apply(); // plans from the list of half an hour ago
    assertThat(booking.accepted()).containsExactly(booking.newCa());
    booking.nextRunEndsAsIfNothingHadBeen();
  }

  @Test
  void clockOfTheServiceAheadDoesNoHarm() {
    FaultyBooking booking = rig.booking();
    rig.emulator.faults().shiftClock(Duration.ofMinutes(10));
    booking.apply();
    rig.emulator.faults().clear();
    booking.isDone();
  }

  @Test
  void caMadeByAClockAheadOfTheServiceIsRefusedInWordsAndUsedLater() {
    FaultyBooking booking = rig.booking();
    rig.emulator.faults().shiftClock(Duration.ofMinutes(-10));
    assertThat(booking.failedApply())
        .hasMessageContaining("NL3018 namespace/booking.sdvdw")
        .hasMessageContaining("is not valid before")
        .hasMessageContaining("Set this machine's clock right");
    booking.nextRunEndsAsIfNothingHadBeen();
  }
}
