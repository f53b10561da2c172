import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Builds `target/newleaf`: a folder that runs wherever it is put, with its own Java runtime, which
/// has the libraries in it, and caches of loaded classes. Maven runs this in its package phase:
/// `java src/dist/Distribution.java PROJECT TARGET JAR CLASSPATH`.
///
/// What is there already is replaced, the runtime as a whole and all else file by file, and never
/// written over, since a newleaf may be running from it.
public final class Distribution {
  /// What jdeps finds in the libraries and in newleaf, without java.compiler, which newleaf never
  /// reaches. java.desktop is for Jackson, which looks for `java.beans`: a class that is not there
  /// it would look for at each start.
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

  private static final List<String> OPTIONS = List.of("connected.options", "light.options");

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
    distribution.runtime(jars(args[3]), project.resolve("src/dist"));
    distribution.program(Path.of(args[2]));
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

  /// Linking takes seconds, so a runtime that the same JDK has linked of the same libraries in the
  /// same way is kept. A new one takes the place of the old when it is whole: whoever runs from
  /// there may still look for a file.
  private void runtime(List<Path> jars, Path build) throws IOException {
    Path runtime = home.resolve("runtime");
    Path stamp = home.resolve("runtime.txt");
    String wanted = contents(jars, build);
    if (Files.isDirectory(runtime)
        && Files.exists(stamp)
        && Files.readString(stamp).equals(wanted)) {
      return;
    }
    Path fresh = home.resolve("runtime.new");
    Tree.delete(fresh);
    Path module = home.resolve(Libraries.MODULE + ".jar");
    Libraries libraries = Libraries.of(jars);
    libraries.write(module, modules());
    link(fresh, module);
    libraries.writeLicences(fresh);
    Files.delete(module);
    Files.deleteIfExists(stamp);
    Tree.delete(runtime);
    Files.move(fresh, runtime);
    Files.writeString(stamp, wanted);
  }

  /// The first line is the folder of the JDK.
  private static String contents(List<Path> jars, Path build) throws IOException {
    StringBuilder contents = new StringBuilder();
    contents.append(System.getProperty("java.home")).append('\n');
    contents.append(System.getProperty("java.vendor.version")).append('\n');
    contents.append(System.getProperty("java.runtime.version")).append('\n');
    contents.append(MODULES).append('\n');
    try (Stream<Path> files = Stream.concat(Files.list(build).sorted(), jars.stream())) {
      for (Path file : files.toList()) {
        contents.append(file.getFileName()).append(' ').append(Files.size(file)).append(' ');
        contents.append(Files.getLastModifiedTime(file)).append('\n');
      }
    }
    return contents.toString();
  }

  /// With those that these need.
  private static List<String> modules() {
    return Configuration.empty()
        .resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), MODULES)
        .modules()
        .stream()
        .map(ResolvedModule::name)
        .sorted()
        .toList();
  }

  /// Takes the modules from the JDK's `jmods` where it has them, else from its own image (JEP 493).
  ///
  /// @param libraries a modular jar
  private static void link(Path runtime, Path libraries) {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink").orElseThrow(() -> new IllegalStateException("no jlink"));
    int exit =
        jlink.run(
            System.out,
            System.err,
            "--module-path",
            libraries.toString(),
            "--add-modules",
            Libraries.MODULE, // and what it needs
            "--strip-debug",
            "--compress=zip-6", // what is used comes from the caches, which are not
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

  private void program(Path jar) throws IOException {
    Path lib = Files.createDirectories(home.resolve("lib"));
    put(jar, lib.resolve("newleaf.jar"));
    try (Stream<Path> there = Files.list(lib)) {
      for (Path file : there.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("newleaf.jar") && !name.endsWith(".aot") && !OPTIONS.contains(name)) {
          Files.delete(file); // of an earlier way to build this
        }
      }
    }
  }

  private void texts(Path project) throws IOException {
    for (String name : List.of("LICENSE", "README.md", "CHANGELOG.md")) {
      put(project.resolve(name), home.resolve(name));
    }
    for (String name : OPTIONS) {
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
