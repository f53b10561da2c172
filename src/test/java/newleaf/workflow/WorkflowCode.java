package newleaf.workflow;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// All that workflows run, as far as it is ours: whatever they call, and whatever that calls, in
/// any class that it may be. Activities are left out, as they run elsewhere; so is what is only
/// called by the libraries, such as the constructor of what they read from JSON.
final class WorkflowCode {
  private static final String WORKFLOW = "io/temporal/workflow/WorkflowInterface";
  private static final String ACTIVITY = "io/temporal/activity/ActivityInterface";

  final Set<Place> reached = new HashSet<>();

  /// As `class.method:line -> what is forbidden`.
  final Set<String> findings = new TreeSet<>();

  private final ByteCode classes;
  private final Set<String> used = new HashSet<>();
  private final Set<Place> calls = new HashSet<>();
  private final Deque<Place> next = new ArrayDeque<>();

  /// @param home where workflows are looked for, as in `newleaf/workflow/`
  WorkflowCode(ByteCode classes, String home) {
    this.classes = classes;
    for (String workflow : classes.implementing(WORKFLOW, home)) {
      use(workflow);
      everyMethod(classes.find(workflow).orElseThrow());
    }
    while (!next.isEmpty()) {
      Place place = next.remove();
      read(place, classes.code(place).orElseThrow());
    }
  }

  private void everyMethod(ClassModel model) {
    model.methods().forEach(m -> reach(Place.of(model, m)));
  }

  private void reach(Place place) {
    if (reached.add(place)) {
      next.add(place);
    }
  }

  /// A class that is used was initialized; and the libraries may call what they know of it.
  private void use(String name) {
    if (!used.add(name)) {
      return;
    }
    classes
        .find(name)
        .filter(_ -> !classes.isAnnotated(name, ACTIVITY))
        .ifPresent(model -> {
          model.superclass().ifPresent(up -> use(up.asInternalName()));
          model.fields().stream().filter(WorkflowCode::isSharedState).forEach(f -> refuse(name, f));
          model.methods().stream()
              .filter(m -> isCalledByOthers(name, m))
              .forEach(m -> reach(Place.of(model, m)));
        });
  }

  private static boolean isSharedState(FieldModel field) {
    return field.flags().has(AccessFlag.STATIC) && !field.flags().has(AccessFlag.FINAL);
  }

  private void refuse(String name, FieldModel field) {
    findings.add(
        name.replace('/', '.') + "." + field.fieldName().stringValue() + " -> static, not final");
  }

  private boolean isCalledByOthers(String name, MethodModel method) {
    return switch (method.methodName().stringValue()) {
      case "<clinit>", "toString", "equals", "hashCode" -> true;
      case "<init>" -> false;
      default ->
          !method.flags().has(AccessFlag.STATIC) && classes.above(name).anyMatch(this::isCallback);
    };
  }

  /// Of somebody else, who may call what it declares.
  private boolean isCallback(String name) {
    return classes.find(name).isEmpty()
        && !Set.of(
                "java/lang/Object",
                "java/lang/Record",
                "java/lang/Enum",
                "java/lang/constant/Constable",
                "java/io/Serializable")
            .contains(name);
  }

  private void read(Place place, MethodModel method) {
    if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
      findings.add(place + " -> synchronized");
    }
    method.code().ifPresent(code -> read(place, code));
  }

  private void read(Place place, CodeModel code) {
    int line = 0;
    for (CodeElement element : code) {
      String here = place + ":" + line;
      switch (element) {
        case LineNumber number -> line = number.line();
        case InvokeInstruction call ->
            called(
                here,
                new Place(
                    call.owner().asInternalName(),
                    call.name().stringValue(),
                    call.type().stringValue()));
        case InvokeDynamicInstruction lambda ->
            lambda.bootstrapArgs().forEach(argument -> handle(here, argument));
        case ConstantInstruction constant -> handle(here, constant.constantValue());
        case FieldInstruction field -> use(field.owner().asInternalName());
        case MonitorInstruction monitor when monitor.opcode() == Opcode.MONITORENTER ->
            findings.add(here + " -> synchronized");
        default -> {}
      }
    }
  }

  private void handle(String here, ConstantDesc constant) {
    if (constant instanceof DirectMethodHandleDesc handle) {
      called(
          here,
          new Place(internal(handle.owner()), handle.methodName(), handle.lookupDescriptor()));
    }
  }

  private static String internal(ClassDesc type) {
    return type.descriptorString().replaceAll("^L|;$", "");
  }

  private void called(String here, Place called) {
    if (Forbidden.is(called)) {
      findings.add(here + " -> " + called);
    }
    use(called.owner());
    if (calls.add(called) && !classes.isAnnotated(called.owner(), ACTIVITY)) {
      classes.targets(called).forEach(this::reach);
    }
  }
}
