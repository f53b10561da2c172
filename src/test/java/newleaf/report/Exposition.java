package newleaf.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A strict reader of the Prometheus text format 0.0.4, with the complaints of `promtool check
/// metrics` (help and type once before the samples, base units, counters end in _total) and ours:
/// no blank line, no sample without a head, families in one piece.
record Exposition(Map<String, Double> samples, List<String> problems) {
  private static final Pattern HEAD =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)})? (-?[0-9]+(\\.[0-9]+)?|NaN|[+-]Inf)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");
  private static final Pattern OTHER_UNIT =
      Pattern.compile(".*_(milliseconds|minutes|hours|days|weeks|kilobytes|percent)(_.*)?");

  static Exposition parse(String text) {
    Exposition result = new Exposition(new LinkedHashMap<>(), new ArrayList<>());
    if (!text.endsWith("\n")) {
      result.problems.add("last line has no end");
    }
    String family = "";
    Map<String, String> types = new LinkedHashMap<>();
    Set<String> helped = new HashSet<>();
    Set<String> withSamples = new HashSet<>();
    for (String line : text.substring(0, Math.max(0, text.length() - 1)).split("\n", -1)) {
      Matcher head = HEAD.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (head.matches()) {
        family = head.group(2);
        boolean first =
            head.group(1).equals("HELP")
                ? helped.add(family)
                : types.put(family, head.group(3)) == null;
        result.require(first && !withSamples.contains(family), line, "head comes twice or late");
        if (head.group(1).equals("TYPE")) {
          result.type(family, head.group(3));
        }
      } else if (sample.matches()) {
        result.require(sample.group(1).equals(family), line, "not behind its head");
        result.require(types.containsKey(family) && helped.contains(family), line, "no head");
        withSamples.add(family);
        result.sample(line, sample);
      } else {
        result.problems.add("neither head nor sample: " + line);
      }
    }
    types.keySet().stream()
        .filter(f -> !withSamples.contains(f))
        .forEach(f -> result.problems.add(f + " has no sample"));
    return result;
  }

  private void require(boolean holds, String line, String problem) {
    if (!holds) {
      problems.add(problem + ": " + line);
    }
  }

  private void type(String name, String type) {
    require(List.of("gauge", "counter").contains(type), name, "type");
    require(type.equals("counter") == name.endsWith("_total"), name, "counters end in _total");
    require(!OTHER_UNIT.matcher(name).matches(), name, "no base unit");
    require(!name.contains(type), name, "type in the name");
  }

  private void sample(String line, Matcher sample) {
    Set<String> names = new HashSet<>();
    if (sample.group(3) != null) {
      Matcher label = LABEL.matcher(sample.group(3));
      int at = 0;
      while (at < sample.group(3).length()) {
        if (!label.find(at) || label.start() != at) {
          problems.add("label: " + line);
          return;
        }
        require(names.add(label.group(1)), line, "label twice");
        require(!label.group(1).startsWith("__"), line, "reserved label");
        at = label.end();
      }
    }
    String series = line.substring(0, line.lastIndexOf(' '));
    Double before = samples.put(series, Double.valueOf(sample.group(4)));
    require(before == null, line, "series twice");
  }
}
