package newleaf.report;

import java.util.List;
import java.util.function.UnaryOperator;
import newleaf.plan.LaterRemoval;

/// That an old CA stays accepted, and when its removal comes.
final class LaterText {
  private LaterText() {}

  /// `ca/booking-g1 stays accepted`
  static String lead(LaterRemoval later, UnaryOperator<String> name) {
    return name.apply(later.ca()) + " stays accepted by " + namespaces(later.namespaces(), name);
  }

  static String what(LaterRemoval later, UnaryOperator<String> name) {
    return "its removal comes as a plan of its own (retire: manual) once every holder is on the new"
        + " leaf; by the estimates it can begin "
        + Words.time(later.from())
        + narrowed(later, name);
  }

  private static String narrowed(LaterRemoval later, UnaryOperator<String> name) {
    return later.narrowed().isEmpty()
        ? ""
        : "; the filters of " + namespaces(later.narrowed(), name) + " are narrowed only after it";
  }

  private static String namespaces(List<String> all, UnaryOperator<String> name) {
    return Words.few(all.stream().map(name).toList());
  }
}
