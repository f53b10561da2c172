package newleaf.workflow;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;

/// A method by its names as the JVM has them.
///
/// @param type parameters and result, as in `(J)V`
record Place(String owner, String name, String type) {
  static Place of(ClassModel owner, MethodModel method) {
    return new Place(
        owner.thisClass().asInternalName(),
        method.methodName().stringValue(),
        method.methodType().stringValue());
  }

  Place in(String other) {
    return new Place(other, name, type);
  }

  /// As in a source; a lambda is part of the method around it.
  @Override
  public String toString() {
    return owner.replace('/', '.') + "." + name.replaceAll("lambda\\$(.+)\\$\\d+", "$1");
  }
}
