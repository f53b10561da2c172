package newleaf.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/// Says about our records what annotations would say, so that no record carries one.
final class RecordTags extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
    return sealedParent(annotated.getRawType())
        ? JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "kind", null, false, true, true)
        : super.findPolymorphicTypeInfo(config, annotated);
  }

  @Override
  public String findTypeName(MapperConfig<?> config, AnnotatedClass type) {
    return type.getRawType().isRecord()
        ? snake(type.getRawType().getSimpleName())
        : super.findTypeName(config, type);
  }

  @Override
  public Boolean hasAsValue(MapperConfig<?> config, Annotated annotated) {
    return annotated instanceof AnnotatedMethod method
            && (Json.isScalar(method.getDeclaringClass()) && method.getName().equals("value")
                || isOurs(method.getDeclaringClass()) && method.getName().equals("toFields"))
        ? Boolean.TRUE
        : super.hasAsValue(config, annotated);
  }

  /// Only what may be empty need not be there, in what an earlier newleaf wrote.
  @Override
  public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return member.getDeclaringClass().isRecord()
        ? Boolean.valueOf(member.getRawType() != Optional.class)
        : super.hasRequiredMarker(config, member);
  }

  @Override
  public JsonCreator.Mode findCreatorAnnotation(MapperConfig<?> config, Annotated annotated) {
    if (annotated instanceof AnnotatedMethod method
        && isOurs(method.getDeclaringClass())
        && method.getName().equals("ofFields")) {
      return JsonCreator.Mode.DELEGATING;
    }
    return annotated instanceof AnnotatedConstructor constructor
            && Json.isScalar(constructor.getDeclaringClass())
        ? JsonCreator.Mode.DELEGATING
        : super.findCreatorAnnotation(config, annotated);
  }

  @Override
  public String[] findEnumValues(
      MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] names) {
    for (int i = 0; i < values.length; i++) {
      names[i] = values[i].name().toLowerCase(Locale.ROOT);
    }
    return names;
  }

  private static boolean isOurs(Class<?> type) {
    return type.isRecord() || isFamily(type);
  }

  /// Only our sealed interfaces: a tag on a JDK type would change the format under us.
  private static boolean isFamily(Class<?> type) {
    return type.isInterface() && type.isSealed() && type.getName().startsWith("newleaf.");
  }

  /// A family that says its fields says its `kind` among them.
  private static boolean saysItsFields(Class<?> family) {
    return Arrays.stream(family.getDeclaredMethods()).anyMatch(m -> m.getName().equals("toFields"));
  }

  private static boolean sealedParent(Class<?> type) {
    if (type.isInterface()) {
      return isFamily(type) && !saysItsFields(type);
    }
    for (Class<?> parent : type.getInterfaces()) {
      if (sealedParent(parent)) {
        return true;
      }
    }
    return false;
  }

  static String snake(String simpleName) {
    return simpleName.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
