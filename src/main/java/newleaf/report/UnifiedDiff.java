package newleaf.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/// The only place that knows the library.
final class UnifiedDiff {
  private UnifiedDiff() {}

  /// Empty when both are the same.
  static List<String> of(
      String nameBefore, List<String> before, String nameAfter, List<String> after, int context) {
    return UnifiedDiffUtils.generateUnifiedDiff(
        nameBefore, nameAfter, before, DiffUtils.diff(before, after), context);
  }
}
