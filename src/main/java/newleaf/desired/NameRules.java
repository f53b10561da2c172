package newleaf.desired;

import java.nio.charset.StandardCharsets;
import newleaf.Source;

/// Names that are given by option, held to the rules of the YAML they will be written into.
public final class NameRules {
  private NameRules() {}

  /// @param option stands where a file name would: `--account`
  /// @throws newleaf.NewleafException with [newleaf.Failure.InvalidInput]
  public static void account(String option, String value) {
    check(option, value, Names::plain);
  }

  /// @param account the part after the dot that is wanted
  /// @throws newleaf.NewleafException with [newleaf.Failure.InvalidInput]
  public static void namespace(String option, String value, String account) {
    check(option, value, Names.namespaceOf(account));
  }

  private static void check(String option, String value, Section.Check rule) {
    Problems problems = new Problems(SourceText.of(option, value.getBytes(StandardCharsets.UTF_8)));
    rule.check(option, new Located<>(value, new Source(option, 1, 1)), problems);
    problems.throwIfAny();
  }
}
