package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import newleaf.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "90s, PT90S, 1m30s",
    "10m, PT10M, 10m",
    "12h, PT12H, 12h",
    "30d, P30D, 30d",
    "1d12h, PT36H, 1d12h",
    "1d2h3m4s, PT26H3M4S, 1d2h3m4s",
    "36h, PT36H, 1d12h",
    "007d, P7D, 7d",
    "36500d, P36500D, 36500d",
  })
  void durationsAreSumsOfDaysHoursMinutesSeconds(String written, Duration meant, String text) {
    Problems none = new Problems(SourceText.of("f.yaml", new byte[0]));
    Located<String> located = new Located<>(written, new Source("f.yaml", 1, 1));
    assertThat(Durations.read("soak", located, none)).contains(meant);
    assertThat(none.failures()).isZero();
    assertThat(Durations.text(meant)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT10M, NL1021, Write 10m.",
    "P1DT12H, NL1021, Write 1d12h.",
    "30, NL1021, Add the unit: 30d for days.",
    "30D, NL1021, Write 30d.",
    "1 d, NL1021, Write 1d.",
    "1y, NL1021, Count it in days: 365d.",
    "2w, NL1021, Count it in days: 14d.",
    "-5d, NL1021, 'Write it like 90s, 10m, 12h, 30d or 1d12h.'",
    "1h1d, NL1021, 'Write it like 90s, 10m, 12h, 30d or 1d12h.'",
    "1.5d, NL1021, 'Write it like 90s, 10m, 12h, 30d or 1d12h.'",
    "soon, NL1021, 'Write it like 90s, 10m, 12h, 30d or 1d12h.'",
    "٣d, NL1021, 'Write it like 90s, 10m, 12h, 30d or 1d12h.'",
    "0s, NL1022, Write a duration between them.",
    "0d0h, NL1022, Write a duration between them.",
    "36501d, NL1022, Write a duration between them.",
    "9999999999d, NL1022, Write a duration between them.",
    "99999999999999999999999999d, NL1022, Write a duration between them.",
  })
  void otherTextsAreRefusedWithTheRightWayToWriteThem(String written, String code, String fix) {
    var problems = Booking.problems(soak(written));
    assertThat(Booking.places(problems)).containsExactly("9:11 " + code);
    assertThat(problems.getFirst().fix()).isEqualTo(fix);
  }

  @ParameterizedTest
  @CsvSource({"30d, 10d", "365d, 2920h", "25h, 8h", "10m, 200s", "2s, 1s"})
  void aThirdIsRoundedDownToHoursOrBelowAnHourToSeconds(String written, String third) {
    assertThat(Durations.third(duration(written))).isEqualTo(duration(third));
  }

  private static Duration duration(String text) {
    return Duration.parse(text.endsWith("d") ? "P" + text : "PT" + text);
  }

  private static String soak(String soak) {
    return Booking.with("keys: {directory: keys}", "keys: {directory: keys}\n    soak: " + soak);
  }
}
