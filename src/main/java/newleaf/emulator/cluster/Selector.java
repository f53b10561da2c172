package newleaf.emulator.cluster;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Label selectors (`a=b,c!=d,e in (f,g),h,!i`) and field selectors on name and namespace.
final class Selector {
  private static final Pattern TERM =
      Pattern.compile("\\s*([^,=!()\\s]+)\\s+(in|notin)\\s+\\(([^)]*)\\)\\s*|[^,]+");

  private Selector() {}

  static Predicate<Doc> labels(String text) {
    Predicate<Doc> all = _ -> true;
    Matcher terms = TERM.matcher(text);
    while (terms.find()) {
      Predicate<Map<String, String>> term =
          terms.group(1) == null
              ? simple(terms.group().strip())
              : set(terms.group(1), terms.group(2).equals("in"), terms.group(3));
      all = all.and(object -> term.test(object.texts("metadata", "labels")));
    }
    return all;
  }

  private static Predicate<Map<String, String>> set(String label, boolean in, String values) {
    var wanted = Arrays.stream(values.split(",")).map(String::strip).toList();
    return labels -> in == wanted.contains(labels.getOrDefault(label, ""));
  }

  private static Predicate<Map<String, String>> simple(String term) {
    if (term.startsWith("!")) {
      return labels -> !labels.containsKey(term.substring(1).strip());
    }
    if (!term.contains("=")) {
      return labels -> labels.containsKey(term);
    }
    boolean unequal = term.contains("!=");
    String[] parts = term.split(unequal ? "!=" : "==?", 2);
    return labels -> unequal != parts[1].strip().equals(labels.get(parts[0].strip()));
  }

  static Predicate<Doc> fields(String text) {
    Predicate<Doc> all = _ -> true;
    for (String term : text.isEmpty() ? new String[0] : text.split(",")) {
      boolean unequal = term.contains("!=");
      String[] parts = term.split(unequal ? "!=" : "==?", 2);
      if (parts.length < 2) {
        throw Rejection.badRequest("invalid field selector: " + term);
      }
      String[] path = parts[0].split("\\.");
      all = all.and(object -> unequal != object.text(path).equals(parts[1]));
    }
    return all;
  }
}
