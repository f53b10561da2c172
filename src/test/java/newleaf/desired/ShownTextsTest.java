package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import newleaf.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a reviewer sees in a subject or filter is what is there.
class ShownTextsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b\u043eoking", // Cyrillic o
        "\u0432ooking-\u0441lient", // Cyrillic at both ends
        "temporal-\u0441\u043e\u0440\u0443.sdvdw", // one label is Cyrillic as a whole
        "Pay\u03bfut", // Greek omicron
        "\u13a0pple", // Cherokee
        "p\u0251yments", // Latin alpha of phonetics
        "\uff34emporal", // a fullwidth T
        "\ud835\udc13emporal", // a mathematical T
        "o\ufb03ce" // a ligature
      })
  void aWordOfTwoScriptsIsRefusedInSubjectsAndFilters(String name) {
    for (String field : List.of("commonName", "organization", "organizationalUnit")) {
      String subject = field.equals("commonName") ? "" : "commonName: temporal-booking.sdvdw, ";
      assertThat(codes(inLeaf(subject + field + ": '" + name + "'"))).as(field).contains("NL1055");
    }
    for (String field :
        List.of("commonName", "organization", "organizationalUnit", "subjectAlternativeName")) {
      assertThat(codes(inFilter(field, name))).as(field).containsExactly("NL1055");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Gesch\u00e4ftsf\u00fchrung M\u00fcnchen",
        "Yap\u0131 Kredi",
        "C\u00f4ng ty Vi\u1ec7t Nam",
        "\u0411\u0430\u043d\u043a Temporal", // a Cyrillic word beside a Latin one
        "\u03a4\u03c1\u03ac\u03c0\u03b5\u03b6\u03b1 2",
        "\u682a\u5f0f\u4f1a\u793eABC \u30c6\u30b9\u30c8\u90e8", // Japanese and Latin
        "\ud55c\uad6d\uc740\ud589",
        "Example, Inc.",
        "R&D/Ops + Co=Op"
      })
  void wholeWordsOfAnyScriptAreFine(String name) {
    assertThat(Booking.read(inLeafWithOrganization(name)).leaves()).hasSize(1);
  }

  @Test
  void theMessageNamesTheWordAndTheScripts() {
    List<Problem> problems =
        Booking.problems(inLeafWithOrganization("Booking T\u0435am")); // Cyrillic e
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().what())
        .isEqualTo(
            "leaf.subject.organization has the word `T\u0435am` with letters of Cyrillic and Latin;"
                + " some of them look like one another.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " worker",
        "worker ",
        "two  blanks",
        "no\u00a0break",
        "CN=worker",
        "worker,O=Temporal",
        "worker o=Temporal",
        "worker/OU = x",
        "e\u0301t\u00e9" // an accent of its own
      })
  void whatReadsOtherwiseThanItIsWrittenIsRefused(String name) {
    assertThat(codes(inLeafWithOrganization(name))).containsExactly("NL1054");
    assertThat(codes(inFilter("organization", name))).containsExactly("NL1054");
  }

  private static String inLeaf(String subject) {
    return Booking.with(
        "subject: {commonName: temporal-booking.sdvdw}", "subject: {" + subject + "}");
  }

  private static String inLeafWithOrganization(String name) {
    return inLeaf("commonName: temporal-booking.sdvdw, organization: '" + name + "'");
  }

  private static String inFilter(String field, String value) {
    String old = "filters: [{commonName: temporal-booking.sdvdw}";
    return Booking.with(old, old + ", {" + field + ": '" + value + "'}");
  }

  private static List<String> codes(String yaml) {
    return Booking.problems(yaml).stream().map(Problem::code).toList();
  }
}
