import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// The folder of jars. The cache of loaded classes takes no class from a signed jar (Bouncy
/// Castle's) and none of a class file format from before Java 6 (picocli's), so those jars are
/// written anew: without signature, and with old classes in a newer format. Everything else in them
/// stays, licences too.
record Libraries(Path folder) {
  /// The name the launcher starts; its manifest names the others in their order.
  private static final String PROGRAM = "newleaf.jar";

  /// picocli looks for this class at each start. For a class that is not there the JVM opens every
  /// jar and reads its table of contents, 44,000 names in all; so an empty one is there.
  private static final String SOUGHT = "groovy/lang/Closure";

  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  void copy(Path program, List<Path> libraries) throws IOException {
    Files.createDirectories(folder);
    for (Path library : libraries) {
      copy(library);
    }
    Set<String> wanted =
        Stream.concat(Stream.of(PROGRAM), libraries.stream().map(l -> l.getFileName().toString()))
            .collect(Collectors.toSet());
    try (Stream<Path> there = Files.list(folder)) {
      for (Path old : there.filter(p -> !wanted.contains(p.getFileName().toString())).toList()) {
        Files.delete(old);
      }
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            libraries.stream()
                .map(l -> l.getFileName().toString())
                .collect(Collectors.joining(" ")));
    rewrite(program, folder.resolve(PROGRAM), manifest, Map.of(SOUGHT + ".class", sought()));
  }

  private void copy(Path library) throws IOException {
    Path copy = folder.resolve(library.getFileName());
    if (Files.exists(copy)
        && Files.getLastModifiedTime(copy).compareTo(Files.getLastModifiedTime(library)) > 0) {
      return;
    }
    if (mustChange(library)) {
      rewrite(library, copy, manifest(library), Map.of());
    } else {
      Path fresh = fresh(copy);
      Files.copy(library, fresh);
      Files.move(fresh, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path fresh(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    return fresh;
  }

  private static boolean mustChange(Path library) throws IOException {
    try (JarFile jar = new JarFile(library.toFile())) {
      for (ZipEntry entry : jar.stream().toList()) {
        if (SIGNATURE.matcher(entry.getName()).matches()) {
          return true;
        }
        if (entry.getName().endsWith(".class")
            && OldClass.isOld(jar.getInputStream(entry).readNBytes(OldClass.HEAD))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Manifest manifest(Path library) throws IOException {
    try (JarFile jar = new JarFile(library.toFile(), false)) {
      Manifest manifest = new Manifest(jar.getManifest());
      manifest.getEntries().clear(); // the digests of what was signed
      return manifest;
    }
  }

  private static byte[] sought() {
    return ClassFile.of().build(ClassDesc.ofInternalName(SOUGHT), _ -> {});
  }

  /// @param more files for the jar, by name
  private static void rewrite(Path library, Path copy, Manifest manifest, Map<String, byte[]> more)
      throws IOException {
    Path fresh = fresh(copy);
    URI uri = library.toUri();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {uri.toURL()});
        ZipInputStream in =
            new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(library)));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(fresh))) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      manifest.write(text);
      add(out, new ZipEntry(JarFile.MANIFEST_NAME), text.toByteArray());
      for (Map.Entry<String, byte[]> file : more.entrySet()) {
        add(out, new ZipEntry(file.getKey()), file.getValue());
      }
      OldClass old = new OldClass(loader);
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName();
        if (!name.equals(JarFile.MANIFEST_NAME) && !SIGNATURE.matcher(name).matches()) {
          byte[] bytes = in.readAllBytes();
          add(out, entry, name.endsWith(".class") ? old.renewed(bytes) : bytes);
        }
      }
    }
    Files.move(fresh, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void add(ZipOutputStream out, ZipEntry entry, byte[] bytes) throws IOException {
    ZipEntry same = new ZipEntry(entry.getName());
    if (entry.getTime() >= 0) {
      same.setTime(entry.getTime());
    }
    out.putNextEntry(same);
    out.write(bytes);
    out.closeEntry();
  }
}
