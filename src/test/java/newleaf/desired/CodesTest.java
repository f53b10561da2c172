package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodesTest {
  private static final Path MAIN = Path.of("src/main/java/newleaf/desired");
  private static final Path TESTS = Path.of("src/test/java/newleaf/desired");
  private static final Pattern CODE = Pattern.compile("String ([A-Z0-9_]+) = \"(NL\\d{4})\";");

  @Test
  void everyCodeIsGivenInOnePlaceAndTested() throws IOException {
    String main = all(MAIN);
    String tests = all(TESTS);
    List<MatchResult> codes = CODE.matcher(main).results().toList();
    assertThat(codes).hasSizeGreaterThan(40);
    for (MatchResult code : codes) {
      Pattern use = Pattern.compile("Codes\\." + code.group(1) + "\\b");
      assertThat(use.matcher(main).results().count()).as(code.group(1)).isEqualTo(1);
      assertThat(tests).contains(code.group(2));
    }
    assertThat(codes.stream().map(c -> c.group(2)).distinct().count()).isEqualTo(codes.size());
  }

  private static String all(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
