package newleaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

  @ParameterizedTest
  @CsvSource({
    "Booking CA G2, Booking CA G2",
    "Größe GmbH, Größe GmbH",
    "株式会社, 株式会社",
    "주식회사, 주식회사",
  })
  void namesOfCompaniesStayAsTheyAre(String text, String printed) {
    assertThat(Printable.of(text)).isEqualTo(printed);
  }

  @Test
  void lookAlikesAreSeen() {
    assertThat(Printable.of("B\u043e\u043eking CA")).isEqualTo("B\\u{43e}\\u{43e}king CA");
    assertThat(Printable.of("\uff21cme")).isEqualTo("\\u{ff21}cme");
    assertThat(Printable.of("\u0391cme")).isEqualTo("\\u{391}cme");
    assertThat(Printable.of("book\u0131ng")).isEqualTo("book\\u{131}ng");
    assertThat(Printable.of("a\u2215b\u2019")).isEqualTo("a\\u{2215}b\\u{2019}");
    assertThat(Printable.of("\ud835\udc00cme")).isEqualTo("\\u{1d400}cme");
    assertThat(Printable.of("e\u0301")).isEqualTo("e\\u{301}");
    assertThat(Printable.of("a\u00a0b")).isEqualTo("a\\u{a0}b");
  }

  @Test
  void linesAndTerminalsCanNotBeCommanded() {
    assertThat(Printable.of("a\nb\r\t")).isEqualTo("a\\nb\\r\\t");
    assertThat(Printable.of("\u001b[2J\u009b")).isEqualTo("\\u{1b}[2J\\u{9b}");
    assertThat(Printable.of("\u202egnp.exe\u2028")).isEqualTo("\\u{202e}gnp.exe\\u{2028}");
    assertThat(Printable.of("\u007f\ud800")).isEqualTo("\\u{7f}\\u{d800}");
  }

  @Test
  void whatIsPrintedIsPrintable() {
    SplittableRandom random = new SplittableRandom(20261124);
    for (int i = 0; i < 200_000; i++) {
      String text = Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
      String printed = Printable.of(text);
      assertThat(Printable.of(printed)).isEqualTo(printed);
    }
  }
}
