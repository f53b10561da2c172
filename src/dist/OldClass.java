import java.io.InputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.util.function.Function;

/// Brings class files from before Java 6 to the format of Java 8. The difference is the stack maps
/// that the verifier reads; the instructions stay as they are.
final class OldClass {
  /// How many bytes tell whether a class is old.
  static final int HEAD = 8;

  private final ClassFile format;

  /// @param library finds what the classes name: a class file by its internal name, or null
  OldClass(Function<String, InputStream> library) {
    format =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(type -> library.apply(internalName(type)))
                    .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  private static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1);
  }

  static boolean isOld(byte[] head) {
    return head.length >= HEAD
        && (Byte.toUnsignedInt(head[6]) << 8 | Byte.toUnsignedInt(head[7]))
            < ClassFile.JAVA_6_VERSION;
  }

  byte[] renewed(byte[] bytes) {
    return isOld(bytes) ? format.transformClass(format.parse(bytes), OldClass::renew) : bytes;
  }

  private static void renew(ClassBuilder builder, ClassElement element) {
    switch (element) {
      case ClassFileVersion _ -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
      // instruction by instruction: a method taken over whole would stay without stack maps
      case MethodModel method ->
          builder.transformMethod(method, MethodTransform.transformingCode(CodeBuilder::with));
      default -> builder.with(element);
    }
  }
}
