package newleaf.report;

import java.util.StringJoiner;

/// Labels of a series, as the exposition format writes them.
final class MetricsLabels {
  /// A subject may be of any length; the name of a series should not.
  private static final int LONGEST = 200;

  private MetricsLabels() {}

  /// @param namesAndValues by turns
  static String of(String... namesAndValues) {
    if (namesAndValues.length == 0) {
      return "";
    }
    StringJoiner labels = new StringJoiner(",", "{", "}");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.add(namesAndValues[i] + "=\"" + value(namesAndValues[i + 1]) + "\"");
    }
    return labels.toString();
  }

  private static String value(String text) {
    String safe = Words.safe(text);
    String bounded =
        safe.codePointCount(0, safe.length()) <= LONGEST
            ? safe
            : safe.substring(0, safe.offsetByCodePoints(0, LONGEST)) + "...";
    return bounded.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
