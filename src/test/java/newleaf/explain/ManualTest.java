package newleaf.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManualTest {
  private static final Path MAIN = Path.of("src", "main", "java", "newleaf");
  private static final Pattern CODE = Pattern.compile("\"(NL[0-9]{4})\"");

  private final Manual manual = Manual.load();

  private List<Article> articles() {
    return manual.chapters().stream().flatMap(c -> c.articles().stream()).toList();
  }

  @Test
  void everyCodeOfTheProgramIsExplainedAndNoOther() throws IOException {
    Set<String> given = new TreeSet<>();
    try (Stream<Path> tree = Files.walk(MAIN)) {
      for (Path file : tree.filter(p -> p.toString().endsWith(".java")).toList()) {
        CODE.matcher(Files.readString(file)).results().forEach(m -> given.add(m.group(1)));
      }
    }
    Set<String> explained = new TreeSet<>(articles().stream().map(Article::code).toList());
    assertThat(given).hasSizeGreaterThan(100);
    assertThat(missing(given, explained))
        .as(
            "codes without an explanation: add a section '## NL1234 title' with 'Causes:' and"
                + " 'Cure:' to src/main/resources/newleaf/explain/NL12.md (a new file begins with"
                + " '# title of the chapter')")
        .isEmpty();
    assertThat(missing(explained, given))
        .as("explained, but no longer in the program: remove the section")
        .isEmpty();
  }

  @Test
  void everyCodeIsExplainedOnceInTheFileOfItsFirstDigitsAndInOrder() throws IOException {
    List<String> codes = articles().stream().map(Article::code).toList();
    assertThat(codes).doesNotHaveDuplicates().isSorted();
    for (Chapter chapter : manual.chapters()) {
      assertThat(chapter.title()).isNotBlank().doesNotContain("#", "\n");
      assertThat(chapter.articles().stream().map(a -> a.code().substring(0, 4)).distinct())
          .hasSize(1);
    }
  }

  @Test
  void everyExplanationHasCauseAndCureAndFitsATerminal() {
    for (Article article : articles()) {
      assertThat(article.title()).as(article.code()).hasSizeBetween(10, 80).doesNotEndWith(".");
      assertThat(article.text())
          .as(article.code())
          .containsPattern("(?m)^Causes:\\n- \\S")
          .containsPattern("(?m)^Cure:\\n- \\S");
      assertThat(article.text().lines())
          .as(article.code())
          .allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(100).matches("[ -~]*"))
          .noneMatch(l -> l.endsWith(" "));
    }
  }

  @Test
  void anExampleOfWrongIsFollowedByTheRightOne() {
    for (Article article : articles()) {
      assertThat(article.text().contains("\nWrong:\n"))
          .as(article.code())
          .isEqualTo(article.text().contains("\nRight:\n"));
    }
  }

  @Test
  void aCodeIsFoundHoweverItIsWritten() {
    for (String written : List.of("NL1013", "nl1013", "1013", " Nl1013 ")) {
      assertThat(manual.find(written)).map(Article::code).contains("NL1013");
    }
    for (String written :
        List.of("", "NL", "NL101", "NL10133", "XL1013", "NL9999", "renewBefore")) {
      assertThat(manual.find(written)).as(written).isEmpty();
    }
  }

  @Test
  void theNearestCodesAreThoseAroundIt() {
    assertThat(manual.nearest("4009"))
        .extracting(Article::code)
        .containsExactly("NL4007", "NL4008", "NL4010");
    assertThat(manual.nearest("soon")).isEmpty();
  }

  private static Set<String> missing(Set<String> some, Set<String> others) {
    Set<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
