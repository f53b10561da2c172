package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import newleaf.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  private static String with(String time) {
    return Booking.with("validity: 365d", "validity: 365d\n    notBefore: " + time);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-01T02:00:00Z, 2026-12-01T02:00:00Z",
    "'\"2026-12-01T02:00:00Z\"', 2026-12-01T02:00:00Z",
    "2026-12-01T03:00:00+01:00, 2026-12-01T02:00:00Z",
    "2026-12-01T02:00:00.5Z, 2026-12-01T02:00:00.500Z"
  })
  void timeWithItsZoneIsRead(String written, String time) {
    assertThat(Booking.read(with(written)).cas().getFirst().notBefore().map(Located::value))
        .contains(Instant.parse(time));
  }

  @Test
  void leafMayHaveOneTooAndKnowsItsPlace() {
    String yaml =
        Booking.with(
            "renewBefore: 10d\n", "renewBefore: 10d\n    notBefore: 2026-12-01T02:00:00Z\n");
    Located<Instant> time = Booking.read(yaml).leaves().getFirst().notBefore().orElseThrow();
    assertThat(
            yaml.lines()
                .toList()
                .get(time.source().line() - 1)
                .substring(time.source().column() - 1))
        .isEqualTo("2026-12-01T02:00:00Z");
    assertThat(Booking.read(Booking.YAML).leaves().getFirst().notBefore()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-12-01 | no time with a zone. | Write 2026-12-01T00:00:00Z, or another zone than Z (UTC).",
        "2026-12-01T02:00 | no time with a zone. | Write 2026-12-01T02:00:00Z, or another zone than Z (UTC).",
        "2026-12-01T02:00:00 | no time with a zone. | Write 2026-12-01T02:00:00Z, or another zone than Z (UTC).",
        "2026-12-01 02:00:00+01:00 | no time with a zone. | Write 2026-12-01T02:00:00+01:00.",
        "2026-12-01t02:00:00z | no time with a zone. | Write 2026-12-01T02:00:00Z.",
        "2026-02-30T02:00:00Z | no day and hour that there is. | Correct it.",
        "2026-12-01T25:00:00Z | no day and hour that there is. | Correct it.",
        "2026-12-01T02:00:00+19:00 | no day and hour that there is. | Correct it.",
        "tomorrow | no time with a zone. | Write it like 2026-12-01T02:00:00Z or 2026-12-01T03:00:00+01:00.",
        "10d | no time with a zone. | Write it like 2026-12-01T02:00:00Z or 2026-12-01T03:00:00+01:00."
      })
  void otherTimesAreRefusedWithWhatToWrite(String written, String what, String next) {
    List<Problem> problems = Booking.problems(with(written));
    assertThat(problems).hasSize(1);
    Problem problem = problems.getFirst();
    assertThat(problem.code()).isEqualTo("NL1058");
    assertThat(problem.what()).startsWith("ca.notBefore is `" + written).endsWith(what);
    assertThat(problem.fix()).isEqualTo(next);
    String line = with(written).lines().toList().get(problem.where().line() - 1);
    assertThat(line.substring(problem.where().column() - 1)).isEqualTo(written);
  }

  @Test
  void listIsNoTime() {
    assertThat(Booking.problems(with("[2026-12-01T02:00:00Z]")))
        .extracting(Problem::code)
        .containsExactly("NL1018");
  }
}
