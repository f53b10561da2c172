package newleaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may know whom. The whole text is searched, so a name written out in full is found as well as
/// an import; only comments may speak of anything.
class ImportRulesTest {
  private static final Path MAIN = Path.of("src", "main", "java", "newleaf");
  private static final int LONGEST_FILE = 400;

  /// Each knows those before it. `observed` comes first of the two middle ones: what is there does
  /// not depend on what is wanted.
  private static final List<String> CORE =
      List.of("json", "cert", "observed", "adopt", "desired", "plan", "journal", "drift", "apply");

  private static final Set<String> EDGES =
      Set.of("cloud", "kube", "files", "workflow", "emulator", "report", "explain", "cli");

  /// Of the core only `plan` reads what is wanted, so a step must carry all that it needs.
  private static final Map<String, String> READS_DESIRED =
      Map.of("plan", "\\w+", "drift", "\\w+", "cli", "\\w+", "report", "Durations");

  /// Package or file by the library (its first names).
  private static final Map<String, List<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("org.bouncycastle", List.of("cert/", "emulator/x509/", "emulator/frontend/")),
          Map.entry("tools.jackson", List.of("json/", "emulator/cluster/Wire.java")),
          Map.entry("com.fasterxml.jackson", List.of("json/")),
          Map.entry("org.snakeyaml", List.of("desired/YamlNodes.java")),
          Map.entry("io.fabric8", List.of("kube/")),
          Map.entry("picocli", List.of("cli/")),
          Map.entry("com.github.difflib", List.of("report/")),
          Map.entry("io.grpc", List.of("cloud/", "workflow/", "emulator/")),
          Map.entry("io.netty", List.of("cloud/", "emulator/")),
          Map.entry("io.temporal", List.of("cloud/", "workflow/", "emulator/")),
          Map.entry("com.google.protobuf", List.of("cloud/", "workflow/", "emulator/")),
          Map.entry("com.google.rpc", List.of("cloud/", "emulator/")),
          Map.entry("com.sun.net.httpserver", List.of("emulator/cluster/")));

  /// What ties code to its process, and where it is allowed.
  private static final Map<String, List<String>> PROCESS =
      Map.of(
          "System(\\.|::)(out|err|in|exit|getenv|console|currentTimeMillis)\\b",
              List.of("cli/Main"),
          "(Instant|LocalDate|\\w+DateTime)(\\.|::)now\\b", List.of(),
          "(Clock|InstantSource)(\\.|::)system", List.of("cli/Main"),
          "Path(\\.|::)of\\b|Paths(\\.|::)get\\b", List.of("cli/Main", "cli/Clusters"));

  private record Source(String path, String text) {
    String home() {
      return path.contains("/") ? path.substring(0, path.indexOf('/')) : "";
    }

    boolean mentions(String regex) {
      return Pattern.compile("(?<![\\w.])" + regex).matcher(text).find();
    }

    boolean isIn(List<String> places) {
      return places.stream().anyMatch(path::startsWith);
    }
  }

  @Test
  void corePackagesKnowOnlyThoseBeforeThemAndEdgesOnlyTheCore() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Source source : sources()) {
      for (String other : everyPackage()) {
        if (source.mentions("newleaf\\." + other + "\\b") && !mayKnow(source.home(), other)) {
          broken.add(source.path() + " knows " + other);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean mayKnow(String home, String other) {
    if (home.equals(other) || home.equals("cli")) {
      return true;
    }
    if (EDGES.contains(home)) {
      return CORE.contains(other);
    }
    return CORE.contains(other) && CORE.indexOf(other) < CORE.indexOf(home);
  }

  @Test
  void nobodyElseReadsWhatIsWanted() throws IOException {
    for (Source source : sources()) {
      String allowed = source.home().equals("desired") ? "\\w+" : READS_DESIRED.get(source.home());
      assertThat(source.mentions("newleaf\\.desired\\.(?!" + allowed + "\\b)"))
          .as(source.path())
          .isFalse();
    }
  }

  @Test
  void oneLibraryHasOneHome() throws IOException {
    for (Source source : sources()) {
      LIBRARIES.forEach((library, homes) -> {
        boolean used = source.mentions(Pattern.quote(library) + "\\b");
        assertThat(used && !source.isIn(homes)).as(source.path() + " uses " + library).isFalse();
      });
    }
  }

  @Test
  void everyImportIsOfTheJdkOrOursOrOfAListedLibrary() throws IOException {
    String known = LIBRARIES.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    Pattern stranger =
        Pattern.compile("(?m)^import (static )?(?!(java|javax|newleaf|" + known + ")\\.).*");
    for (Source source : sources()) {
      assertThat(source.text()).as(source.path()).doesNotContainPattern(stranger);
      assertThat(source.text())
          .as(source.path())
          .doesNotContainPattern("(?m)^import .*\\*;|^import module");
    }
  }

  @Test
  void onlyTheCommandLineTouchesTheProcess() throws IOException {
    for (Source source : sources()) {
      String dense = source.text().replaceAll("\\s+(?=\\.|::)|(?<=\\.|::)\\s+", "");
      Source joined = new Source(source.path(), dense.replace("java.lang.", ""));
      PROCESS.forEach((regex, homes) -> {
        boolean used = joined.mentions("(java[.\\w]+\\.)?(" + regex + ")");
        assertThat(used && !joined.isIn(homes)).as(source.path() + ": " + regex).isFalse();
      });
    }
  }

  @Test
  void plansAndReportsAreMadeWithoutFilesNetworkOrChance() throws IOException {
    for (Source source : sources()) {
      boolean pure = source.isIn(List.of("plan/", "report/"));
      assertThat(
              pure
                  && source.mentions(
                      "(java\\.(io|net|nio|security)\\.|javax\\.|\\w*Random\\b|Thread\\b)"))
          .as(source.path())
          .isFalse();
    }
  }

  @Test
  void everyPackageIsNamedHere() throws IOException {
    try (Stream<Path> folders = Files.list(MAIN)) {
      assertThat(folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(everyPackage());
    }
  }

  @Test
  void noFileIsTooLongToRead() throws IOException {
    for (Path file : javaFiles(Path.of("src"))) {
      assertThat(Files.readAllLines(file))
          .as(file.toString())
          .hasSizeLessThanOrEqualTo(LONGEST_FILE);
    }
  }

  private static List<String> everyPackage() {
    return Stream.concat(CORE.stream(), EDGES.stream()).toList();
  }

  private static List<Source> sources() throws IOException {
    List<Source> sources = new ArrayList<>();
    for (Path file : javaFiles(MAIN)) {
      String text =
          Files.readAllLines(file).stream()
              .filter(l -> !l.strip().startsWith("//") && !l.startsWith("package "))
              .collect(Collectors.joining("\n"));
      sources.add(new Source(MAIN.relativize(file).toString().replace('\\', '/'), text));
    }
    return sources;
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> files = tree.filter(p -> p.toString().endsWith(".java")).sorted().toList();
      assertThat(files).hasSizeGreaterThan(100);
      return files;
    }
  }
}
