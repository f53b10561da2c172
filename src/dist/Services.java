import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.ModuleProvideInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What `java.util.ServiceLoader` finds in the libraries. On a class path files in
/// `META-INF/services` say it; of a module its descriptor, which also says what it may ask for.
final class Services {
  private static final String FILES = "META-INF/services/";
  private static final String LOADER = "java/util/ServiceLoader";

  /// Names of classes, by the name of what they provide.
  private final Map<String, Set<String>> provided = new TreeMap<>();

  private final Set<String> used = new TreeSet<>();

  static boolean isList(String name) {
    return name.startsWith(FILES);
  }

  void add(String name, byte[] text) {
    Set<String> providers =
        provided.computeIfAbsent(name.substring(FILES.length()), _ -> new LinkedHashSet<>());
    new String(text, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .forEach(providers::add);
  }

  /// Looks what classes ask a ServiceLoader for: something provided, or something that the class
  /// that asks has a name of. To say more is no harm, and to say less an error when it asks.
  ///
  /// @param files with all classes
  /// @param modules of the JDK, that these read
  void look(Map<String, byte[]> files, List<String> modules) {
    Predicate<String> there =
        name -> files.containsKey(name.replace('.', '/') + ".class") || isOf(modules, name);
    provided.keySet().removeIf(there.negate());
    used.addAll(provided.keySet());
    files.forEach((name, bytes) -> {
      if (Libraries.isClass(name)) {
        ClassModel model = ClassFile.of().parse(bytes);
        if (asks(model)) {
          names(model).filter(there).forEach(used::add);
        }
      }
    });
  }

  private static boolean asks(ClassModel model) {
    return StreamSupport.stream(model.constantPool().spliterator(), false)
        .anyMatch(e -> e instanceof MemberRefEntry r && r.owner().asInternalName().equals(LOADER));
  }

  private static Stream<String> names(ClassModel model) {
    return StreamSupport.stream(model.constantPool().spliterator(), false)
        .<String>mapMulti((entry, out) -> {
          if (entry instanceof ClassEntry c && !c.asInternalName().startsWith("[")) {
            out.accept(c.asInternalName().replace('/', '.'));
          }
        });
  }

  private static boolean isOf(List<String> modules, String name) {
    try {
      Class<?> type = Class.forName(name, false, ClassLoader.getPlatformClassLoader());
      Module module = type.getModule();
      return modules.contains(module.getName()) && module.isExported(type.getPackageName());
    } catch (ClassNotFoundException _) {
      return false;
    }
  }

  List<ClassDesc> used() {
    return used.stream().map(ClassDesc::of).toList();
  }

  List<ModuleProvideInfo> provided() {
    return provided.entrySet().stream()
        .map(e ->
            ModuleProvideInfo.of(
                ClassDesc.of(e.getKey()), e.getValue().stream().map(ClassDesc::of).toList()))
        .toList();
  }
}
