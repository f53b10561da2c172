package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import newleaf.NewleafException;
import newleaf.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class HostileYamlTest {

  static Stream<Arguments> inputs() {
    return Stream.of(
        row("a tab as indentation", "newleaf: 1\n\taccount: x\n", "2:1 NL1003"),
        row("a tab in a comment", "newleaf: 1 #\tx\n", "1:13 NL1003"),
        row("NUL", "newleaf: 1\naccount: s\0d\n", "2:11 NL1004"),
        row("escape", "newleaf: \u001B[2J\n", "1:10 NL1004"),
        row("direction in a comment", "newleaf: 1 # \u202E1\n", "1:14 NL1004"),
        row("direction after an emoji", "# \uD83D\uDE00 \u2067\n", "1:5 NL1004"),
        row("a noncharacter", "newleaf: 1 # \uFFFE\n", "1:14 NL1004"),
        row("an open quote", "newleaf: 1\naccount: \"sd\n", "3:1 NL1005"),
        row("an open bracket", "newleaf: 1\ncas: {booking: [\n", "3:1 NL1005"),
        row("bad indentation", "newleaf: 1\naccount: x\n cas: y\n", "3:5 NL1005"),
        row("an unknown escape", "newleaf: \"\\q\"\n", "1:12 NL1005"),
        row("only a comment", "# nothing\n", "1:1 NL1014"),
        row("nothing", "", "1:1 NL1014"),
        row("a null", "~\n", "1:1 NL1017"),
        row("a text", "hello\n", "1:1 NL1018"),
        row("a list", "- newleaf\n", "1:1 NL1018"),
        row("another version", "newleaf: 2\nwhatever: 3\n", "1:10 NL1019"),
        row("deep flow", "newleaf: " + "[".repeat(100_000), "1:41 NL1007"),
        row("deep block", "- ".repeat(100_000) + "x", "1:65 NL1007"),
        row("a merge key", Booking.YAML + "<<: {leaves: {}}\n", "25:1 NL1008"),
        row("a tag", Booking.with("account: s", "account: !!str s"), "2:10 NL1009"),
        row("a tag for Java", Booking.with("account: s", "account: !!java.X s"), "2:10 NL1009"),
        row("a list as key", Booking.YAML + "? [a]\n: b\n", "25:3 NL1010"),
        row("a second document", Booking.YAML + "---\nnewleaf: 1\n", "25:1 NL1006"),
        row("a duplicate key", Booking.YAML + "account: other\n", "25:1 NL1011"),
        row("a look-alike account", Booking.with("account: s", "account: \u0455"), "2:10 NL1023"),
        row("a look-alike label", Booking.with("secret: b", "secret: \u0432"), "23:13 NL1026"),
        row("a duplicate in quotes", Booking.YAML + "'account': o\n", "25:1 NL1011"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void isRefusedAtItsPlace(String what, String yaml, String problem) {
    assertThat(Booking.places(Booking.problems(yaml))).as(what).containsExactly(problem);
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithTheirOffset() {
    byte[] latin1 = "newleaf: 1\naccount: z\u00FCri\n".getBytes(StandardCharsets.ISO_8859_1);
    List<Problem> problems = Booking.problems(latin1);
    assertThat(Booking.places(problems)).containsExactly("2:11 NL1002");
    assertThat(problems.getFirst().what()).isEqualTo("byte 21 is 0xFC, which is not UTF-8.");
  }

  @Test
  void aCharacterCutInHalfAtTheEndIsNotUtf8() {
    byte[] cut = {'a', ':', ' ', (byte) 0xE2, (byte) 0x82};
    assertThat(Booking.places(Booking.problems(cut))).containsExactly("1:4 NL1002");
  }

  @Test
  void surrogatesInUtf8AndOverlongFormsAreNotUtf8() {
    byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
    byte[] overlong = {(byte) 0xC0, (byte) 0x80};
    assertThat(Booking.places(Booking.problems(surrogate))).containsExactly("1:1 NL1002");
    assertThat(Booking.places(Booking.problems(overlong))).containsExactly("1:1 NL1002");
  }

  @Test
  void aByteOrderMarkIsTolerated() {
    assertThat(Booking.read("\uFEFF" + Booking.YAML).cas().getFirst().at().toString())
        .isEqualTo("f.yaml:4:3");
  }

  @Test
  void windowsLineEndsCountAsOne() {
    Desired desired = Booking.read(Booking.YAML.replace("\n", "\r\n"));
    assertThat(desired.leaves().getFirst().renewBefore().source().toString())
        .isEqualTo("f.yaml:18:18");
  }

  @Test
  void tenMegabytesAreReadAndOneByteMoreIsRefused() {
    String comment = "#".repeat(SourceText.MAX_BYTES - Booking.YAML.length() - 1) + "\n";
    assertThat(Booking.read(comment + Booking.YAML).cas()).hasSize(1);
    List<Problem> problems = Booking.problems(comment + Booking.YAML + "\n");
    assertThat(Booking.places(problems)).containsExactly("1:1 NL1001");
    assertThat(problems.getFirst().what())
        .isEqualTo("the file has 10485761 bytes; the limit is 10485760.");
  }

  @Test
  void anAliasBombIsRefusedWithoutFollowingIt() {
    StringBuilder bomb = new StringBuilder("newleaf: 1\na0: &a0 [x, x]\n");
    for (int i = 1; i < 90; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    List<Problem> problems = Booking.problems(bomb.toString().replace("\r", ""));
    assertThat(problems.getFirst().what())
        .isEqualTo("the anchor &a0 is used; newleaf wants every value where it counts.");
    assertThat(problems.getFirst().fix()).isEqualTo("Write the value out.");
    assertThat(Booking.places(problems)).startsWith("2:5 NL1008", "3:5 NL1008", "3:10 NL1008");
    assertThat(problems).hasSize(Problems.SHOWN + 1);
  }

  @Test
  void oneAliasIsOneProblemBesideItsAnchor() {
    String yaml =
        Booking.YAML
            .replace("validity: 365d", "validity: &v 365d")
            .replace("validity: 30d", "validity: *v");
    assertThat(Booking.places(Booking.problems(yaml)))
        .containsExactly("6:15 NL1008", "17:15 NL1008");
  }

  @Test
  void afterAHundredProblemsReadingStops() {
    List<Problem> problems = Booking.problems("newleaf: 1\n" + "a: 1\n".repeat(2_000_000));
    assertThat(problems).hasSize(Problems.SHOWN + 1);
    assertThat(problems.getLast().code()).isEqualTo("NL1049");
    assertThat(problems.getLast().what())
        .isEqualTo("the file has more than 100 problems; reading stopped.");
  }

  @Test
  void longValuesAreCutInMessagesAndLongLinesNotShown() {
    Problem problem =
        Booking.problems(Booking.with("account: s", "account: " + "X".repeat(5_000_000)))
            .getFirst();
    assertThat(problem.what()).hasSizeLessThan(200).contains("XXX…");
    assertThat(problem.sourceLine()).isEmpty();
  }

  @Test
  void tenThousandNamespacesAreReadInSeconds() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      many.append("  n%d.sdvdw: {cas: [booking]}\n".formatted(i));
    }
    String yaml = Booking.with("namespaces:\n", "namespaces:\n" + many);
    assertThat(Booking.read(yaml).namespaces()).hasSize(10_001);
  }

  @Test
  void whateverIsWrittenIsReadOrRefusedWithPlaces() {
    Random random = new Random(7);
    String alphabet = "ab:,-[]{}#&*!|>'\"%@`? \n\t\\0\u202E\u00E9~<";
    long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
    for (int i = 0; i < 1_500 && System.nanoTime() < end; i++) {
      StringBuilder yaml = new StringBuilder(Booking.YAML);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(yaml.length());
        String letter = "" + alphabet.charAt(random.nextInt(alphabet.length()));
        yaml.replace(at, at + random.nextInt(3), letter);
      }
      assertThatCode(() -> readOrRefuse(yaml.toString())).as("%s", yaml).doesNotThrowAnyException();
    }
  }

  private static void readOrRefuse(String yaml) {
    try {
      Booking.read(yaml);
    } catch (NewleafException _) {
      List<Problem> problems = Booking.problems(yaml);
      assertThat(problems).isNotEmpty();
      assertThat(problems)
          .allSatisfy(p -> assertThat(p.what() + p.fix()).doesNotContain("stand-in"));
    }
  }

  private static Arguments row(String what, String yaml, String problem) {
    return Arguments.of(what, yaml, problem);
  }
}
