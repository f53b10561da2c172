import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// All libraries as one module, which jlink puts into the runtime. On a class path the JVM opens
/// every jar and reads its table of contents, 44,000 names in all, as soon as anything looks for
/// the providers of a service, as gRPC does: 50 ms of each start. A runtime image finds a name by
/// its hash. Nothing in the jars has to know of modules.
final class Libraries {
  static final String MODULE = "newleaf.libraries";

  /// Build tools' notes, other versions of classes, and signatures of jars that are no more.
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "module-info\\.class|META-INF/(MANIFEST\\.MF|(maven|versions|proguard|com\\.android\\.tools)/.*"
              + "|[^/]+\\.(SF|RSA|DSA|EC))");

  private static final Pattern LICENCE =
      Pattern.compile(
          "(META-INF/)?(licen[cs]es?/.+|(licen[cs]e|notice|copying)[^/]*)",
          Pattern.CASE_INSENSITIVE);

  /// By name; of two of one name the first of the class path.
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /// By the name of the jar and then their own.
  private final Map<Path, byte[]> licences = new LinkedHashMap<>();

  private final Services services = new Services();

  /// @param jars in the order of the class path
  static Libraries of(List<Path> jars) throws IOException {
    Libraries libraries = new Libraries();
    for (Path jar : jars) {
      libraries.add(jar);
    }
    return libraries;
  }

  private void add(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      for (JarEntry entry :
          jar.versionedStream().filter(Predicate.not(JarEntry::isDirectory)).toList()) {
        String name = entry.getName();
        if (!LEFT_OUT.matcher(name).matches()) {
          add(path.getFileName(), name, jar.getInputStream(entry).readAllBytes());
        }
      }
    }
  }

  private void add(Path jar, String name, byte[] bytes) {
    if (LICENCE.matcher(name).matches()) {
      licences.put(jar.resolve(name), bytes);
    } else if (Services.isList(name)) {
      services.add(name, bytes);
    } else {
      files.putIfAbsent(name, bytes);
    }
  }

  /// Writes the jar of the module.
  ///
  /// @param modules of the JDK, that the libraries need
  void write(Path jar, List<String> modules) throws IOException {
    renewOldClasses();
    byte[] descriptor = descriptor(modules);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(1); // jlink reads it once
      put(out, "module-info.class", descriptor);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(out, file.getKey(), file.getValue());
      }
    }
  }

  /// Where jlink puts the licences of the JDK's modules.
  void writeLicences(Path runtime) throws IOException {
    for (Map.Entry<Path, byte[]> licence : licences.entrySet()) {
      Path copy = runtime.resolve("legal").resolve(MODULE).resolve(licence.getKey());
      Files.createDirectories(copy.getParent());
      Files.write(copy, licence.getValue());
    }
  }

  /// The cache of loaded classes takes none of a class file format from before Java 6 (picocli's).
  private void renewOldClasses() {
    OldClass old =
        new OldClass(name -> {
          byte[] bytes = files.get(name + ".class");
          return bytes == null ? null : new ByteArrayInputStream(bytes);
        });
    files.replaceAll((name, bytes) -> isClass(name) ? old.renewed(bytes) : bytes);
  }

  private byte[] descriptor(List<String> modules) {
    services.look(files, modules);
    return ClassFile.of()
        .buildModule(
            ModuleAttribute.of(
                ModuleDesc.of(MODULE),
                module -> {
                  module.moduleFlags(AccessFlag.OPEN); // for reflection, as a class path is
                  modules.forEach(m -> module.requires(ModuleDesc.of(m), List.of(), null));
                  packages().forEach(p -> module.exports(PackageDesc.of(p), List.of()));
                  services.used().forEach(module::uses);
                  services.provided().forEach(module::provides);
                }));
  }

  private Set<String> packages() {
    Set<String> packages = new TreeSet<>();
    for (String name : files.keySet()) {
      if (isClass(name)) {
        packages.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.'));
      }
    }
    return packages;
  }

  static boolean isClass(String name) {
    return name.endsWith(".class");
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
