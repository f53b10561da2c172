package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.HeldCertificate;
import newleaf.cloud.TlsProver;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Schedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A frontend of three addresses that follow a change one after the other.
final class FaultyFrontendsTest {
  private static final String UPDATE = "UpdateNamespace";
  private static FaultRig rig;

  @BeforeAll
  static void start() {
    rig = new FaultRig(3);
    rig.time.hurry(Duration.ofSeconds(5));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void proofWaitsUntilEveryAddressHasFollowed() {
    FaultyBooking booking = rig.booking();
    Instant before = rig.time.instant();
    rig.strike(UPDATE, new Fault.SlowSpread(Duration.ofSeconds(30)), new Schedule.Always());
    booking.apply();
    assertThat(Duration.between(before, rig.time.instant())).isGreaterThan(Duration.ofMinutes(11));
    booking.isDone();
    // no time has passed since the last step, and every address has forgotten the old CA
    for (int last = 1; last <= 3; last++) {
      assertThat(connect(booking, last)).isInstanceOf(Prover.Verdict.Rejected.class);
    }
  }

  private static Prover.Verdict connect(FaultyBooking booking, int last) {
    HeldCertificate old = booking.firstLeaf;
    TlsProver prover =
        new TlsProver(
            Optional.of(rig.emulator.serverCaPem()),
            _ -> List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last})),
            TlsProver.DEFAULT_LIMIT);
    String address = rig.emulator.frontendAddress(FaultRig.NAMESPACE);
    return prover.connect(new Prover.Endpoint(booking.namespace, address), old);
  }

  @Test
  void addressThatFollowsTooLateStopsTheRunBeforeAnyLeafMoves() throws InterruptedException {
    FaultyBooking booking = rig.booking();
    rig.strike(UPDATE, new Fault.SlowSpread(Duration.ofMinutes(5)));
    assertThat(booking.failedApply())
        .hasMessageContaining("NL5101 namespace/booking.sdvdw")
        .hasMessageContaining("could not be proven in time")
        .hasMessageContaining("its addresses disagree: 127.0.0.1 accepts, 127.0.0.2 refuses (");
    assertThat(booking.accepted()).containsExactly(booking.oldCa(), booking.newCa());
    assertThat(booking.ports().delivery().current(booking.secret).orElseThrow().fingerprint())
        .isEqualTo(booking.firstLeaf.fingerprint());
    rig.time.pause(Duration.ofMinutes(5));
    booking.nextRunEndsAsIfNothingHadBeen();
  }
}
