package newleaf.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Compiled classes by their names as the JVM has them, and how they stand to each other.
final class ByteCode {
  private final Map<String, ClassModel> classes = new TreeMap<>();

  /// @param folders of compiled classes
  ByteCode(Path... folders) throws IOException {
    for (Path folder : folders) {
      try (Stream<Path> tree = Files.walk(folder.resolve("newleaf"))) {
        tree.filter(f -> f.toString().endsWith(".class")).map(ByteCode::parse).forEach(this::add);
      }
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(ClassModel model) {
    classes.put(model.thisClass().asInternalName(), model);
  }

  /// Empty for one of somebody else.
  Optional<ClassModel> find(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  /// Those of a package that implement an interface with that annotation.
  List<String> implementing(String annotation, String home) {
    return classes.keySet().stream()
        .filter(name -> name.startsWith(home))
        .filter(name -> !isInterface(name))
        .filter(name -> above(name).anyMatch(up -> isAnnotated(up, annotation)))
        .toList();
  }

  private boolean isInterface(String name) {
    return find(name).orElseThrow().flags().has(AccessFlag.INTERFACE);
  }

  boolean isAnnotated(String name, String annotation) {
    return find(name)
        .flatMap(c -> c.findAttribute(Attributes.runtimeVisibleAnnotations()))
        .map(RuntimeVisibleAnnotationsAttribute::annotations)
        .orElse(List.of())
        .stream()
        .map(Annotation::className)
        .anyMatch(type -> type.equalsString("L" + annotation + ";"));
  }

  /// The class and all that it extends and implements, also of others.
  Stream<String> above(String name) {
    return Stream.concat(
        Stream.of(name), find(name).stream().flatMap(ByteCode::parents).flatMap(this::above));
  }

  private static Stream<String> parents(ClassModel model) {
    return Stream.concat(model.superclass().stream(), model.interfaces().stream())
        .map(ClassEntry::asInternalName);
  }

  private Stream<String> below(String name) {
    return classes.keySet().stream().filter(c -> above(c).anyMatch(name::equals));
  }

  /// What a call of one of these classes may end in: what it has or inherits, and what one below it
  /// has or inherits instead.
  Stream<Place> targets(Place called) {
    if (find(called.owner()).isEmpty()) {
      return Stream.empty();
    }
    Stream<String> asked =
        called.name().equals("<init>") ? Stream.of(called.owner()) : below(called.owner());
    return asked
        .flatMap(this::above)
        .distinct()
        .map(called::in)
        .filter(place -> code(place).isPresent());
  }

  Optional<MethodModel> code(Place place) {
    return find(place.owner()).stream()
        .flatMap(c -> c.methods().stream())
        .filter(m -> m.methodName().equalsString(place.name()))
        .filter(m -> m.methodType().equalsString(place.type()))
        .findFirst();
  }
}
