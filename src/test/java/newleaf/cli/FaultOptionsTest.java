package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.IntStream;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Faults;
import newleaf.emulator.fault.Rehearsal;
import newleaf.emulator.fault.Site;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FaultOptionsTest {
  private static final Site UPDATE = new Site("UpdateNamespace", "booking.acct");
  private final Faults faults = new Faults();

  @Test
  void eachFaultStrikesAsOftenAsItsNumberSays() {
    begin("--fault", "lost-reply,pod-crash=2");
    assertThat(strikes(UPDATE, 5)).isEqualTo(1);
    assertThat(strikes(new Site("start pods", "a/b"), 5)).isEqualTo(2);
  }

  @Test
  void rateAndSeedDrawForEachCall() {
    begin("--fault", "unavailable", "--fault-rate", "0.05", "--fault-seed", "7");
    assertThat(strikes(UPDATE, 1000)).isBetween(20L, 80L);
  }

  @Test
  void clockOfTheServiceGoesWrong() {
    begin("--fault", "clock-behind");
    Instant now = Instant.parse("2026-09-14T03:00:00Z");
    assertThat(faults.clock(() -> now).instant()).isEqualTo("2026-09-14T02:50:00Z");
  }

  @Test
  void unknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> begin("--fault", "earthquake"))
        .hasMessageContaining("say one of unavailable, ", "rollout-stuck");
    assertThatThrownBy(() -> begin("--fault", "lost-reply=often"))
        .hasMessageContaining("as in lost-reply=3");
  }

  @Test
  void namesAreDifferentAndSoAreTheFaultsOfOneKindOfCall() {
    assertThat(Rehearsal.all()).extracting(Rehearsal::name).doesNotHaveDuplicates();
    assertThat(Rehearsal.nameOf(new Faults.Strike(UPDATE, new Fault.Edited())))
        .isEqualTo("stale-version");
    Site secret = new Site("patch secrets", "temporal-booking/temporal-booking-tls");
    assertThat(Rehearsal.nameOf(new Faults.Strike(secret, new Fault.Edited())))
        .isEqualTo("secret-edited");
  }

  private void begin(String... args) {
    CommandLine.populateCommand(new FaultOptions(), args).begin(faults);
  }

  private long strikes(Site site, int calls) {
    return IntStream.range(0, calls).filter(_ -> faults.strike(site).isPresent()).count();
  }
}
