import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;

/// Builds `target/newleaf`: a folder that runs wherever it is put, with its own Java runtime, the
/// libraries, and caches of loaded classes. Maven runs this in its package phase: `java
/// src/dist/Distribution.java PROJECT TARGET JAR CLASSPATH`.
///
/// What is there already is replaced file by file and never written over, since a newleaf may be
/// running from it.
public final class Distribution {
  /// What jdeps finds in the class path, without java.compiler, which newleaf never reaches.
  /// java.desktop is for Jackson, which looks for `java.beans`: see [Libraries] on classes that are
  /// not there.
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.desktop",
          "java.naming",
          "java.net.http",
          "java.sql",
          "jdk.httpserver",
          "jdk.management",
          "jdk.unsupported");

  private final Path home;

  private Distribution(Path home) {
    this.home = home;
  }

  public static void main(String... args) throws IOException, InterruptedException {
    Path project = Path.of(args[0]);
    Path target = Path.of(args[1]);
    Distribution distribution = new Distribution(target.resolve("newleaf"));
    Files.createDirectories(distribution.home.resolve("bin"));
    Files.deleteIfExists(distribution.home.resolve("bin/newleaf")); // while it is not whole
    distribution.runtime();
    Libraries libraries = new Libraries(distribution.home.resolve("lib"));
    libraries.copy(Path.of(args[2]), jars(args[3]));
    distribution.texts(project);
    new Training(distribution.home, target.resolve("newleaf.training")).run();
    distribution.launcher(project); // last: the launcher of the checkout compares its time
  }

  private static List<Path> jars(String classPath) {
    return Arrays.stream(classPath.split(java.io.File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .toList();
  }

  /// Linking takes seconds, so a runtime that the same JDK has linked is kept.
  private void runtime() throws IOException {
    Path runtime = home.resolve("runtime");
    Path stamp = home.resolve("runtime.txt");
    String wanted =
        "%s%n%s %s %s%n"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.vendor.version"),
                System.getProperty("java.runtime.version"),
                MODULES);
    if (Files.isDirectory(runtime)
        && Files.exists(stamp)
        && Files.readString(stamp).equals(wanted)) {
      return;
    }
    Tree.delete(runtime);
    link(runtime);
    Files.writeString(stamp, wanted);
  }

  /// Takes the modules from the JDK's `jmods` where it has them, else from its own image (JEP 493).
  private static void link(Path runtime) {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink").orElseThrow(() -> new IllegalStateException("no jlink"));
    int exit =
        jlink.run(
            System.out,
            System.err,
            "--add-modules",
            String.join(",", MODULES),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            runtime.toString());
    if (exit != 0) {
      throw new IllegalStateException(
          "jlink of the JDK at %s can not make a runtime; see above. Build with another JDK 25, for example Temurin."
              .formatted(System.getProperty("java.home")));
    }
  }

  private void texts(Path project) throws IOException {
    for (String name : List.of("LICENSE", "README.md", "CHANGELOG.md")) {
      put(project.resolve(name), home.resolve(name));
    }
    for (String name : List.of("full.options", "light.options")) {
      put(project.resolve("src/dist").resolve(name), home.resolve("lib").resolve(name));
    }
  }

  private void launcher(Path project) throws IOException {
    Path fresh = home.resolve("bin/newleaf.new");
    put(project.resolve("src/dist/newleaf"), fresh);
    if (!fresh.toFile().setExecutable(true, false)) {
      throw new IOException("can not be made executable: " + fresh);
    }
    Files.move(fresh, home.resolve("bin/newleaf"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void put(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
