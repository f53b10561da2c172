package newleaf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A test and not a Maven plugin, because a plugin would run in Maven's own JVM, which may be Java
/// 17.
class FormatTest {
  private static final Path SOURCES = Path.of("src");

  /// `mvn -q test -Dtest=FormatTest -Dnewleaf.reformat` writes them anew instead.
  private static final boolean REFORMAT = System.getProperty("newleaf.reformat") != null;

  @Test
  void everySourceFileIsFormattedByGoogleJavaFormat() throws IOException, FormatterException {
    List<String> unformatted = new ArrayList<>();
    Formatter formatter = new Formatter();
    for (Path file : javaFiles()) {
      String text = Files.readString(file);
      String wanted =
          formatter.formatSource(
              ImportOrderer.reorderImports(
                  RemoveUnusedImports.removeUnusedImports(text), Style.GOOGLE));
      if (!wanted.equals(text)) {
        unformatted.add(file.toString());
        if (REFORMAT) {
          Files.writeString(file, wanted);
        }
      }
    }
    assertThat(REFORMAT ? List.of() : unformatted)
        .as("run: mvn -q test -Dtest=FormatTest -Dnewleaf.reformat")
        .isEmpty();
  }

  private static List<Path> javaFiles() throws IOException {
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      List<Path> files = tree.filter(p -> p.toString().endsWith(".java")).sorted().toList();
      assertThat(files).hasSizeGreaterThan(20);
      return files;
    }
  }
}
