package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import newleaf.Problem;
import org.junit.jupiter.api.Test;

class HintsTest {

  @Test
  void aFileInWhichEverythingIsUsedGivesNone() {
    assertThat(Hints.of(Booking.read(Booking.YAML))).isEmpty();
  }

  @Test
  void aFilterForNoLeafOfTheFileIsAHint() {
    String filter = "filters: [{commonName: temporal-booking.sdvdw}";
    List<Problem> hints =
        Hints.of(Booking.read(Booking.with(filter, filter + ", {organization: Partner}")));
    assertThat(Booking.places(hints)).containsExactly("10:3 NL1056");
    assertThat(hints.getFirst().what())
        .isEqualTo(
            "the filter O=Partner of namespace temporal-booking.sdvdw lets no leaf of this file"
                + " in.");
  }

  @Test
  void whatNobodyUsesIsAHint() {
    String ca = "  old: {subject: {commonName: Old}, validity: 90d, keys: {directory: k}}\n";
    String leaf = "  idle: {ca: booking, subject: {commonName: idle}, validity: 30d}\n";
    String yaml =
        Booking.with("namespaces:\n", ca + "namespaces:\n")
            .replace("workers:\n", leaf + "workers:\n");
    assertThat(Booking.places(Hints.of(Booking.read(yaml))))
        .containsExactly("9:3 NL1057", "20:3 NL1057");
  }
}
