package newleaf.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// Addresses that a person does not want to hear of, one a line: `namespace/x.acct`,
/// `secret/*/name`. `*` stands for anything but a slash, `**` for anything; `#` begins a comment.
public record IgnoreList(List<Pattern> patterns) {
  public static final IgnoreList NOTHING = new IgnoreList(List.of());

  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
  private static final Pattern KNOWN =
      Pattern.compile(
          "\\*\\*|(namespace|ca|foreign-ca|secret|directory"
              + "|deployment|statefulset|daemonset|rollout|\\*\\*?)/.+");
  private static final Pattern STARS = Pattern.compile("\\*+");

  public IgnoreList {
    patterns = List.copyOf(patterns);
  }

  /// @param where for messages: the file, or the option
  /// @throws NewleafException Misconfigured
  public static IgnoreList parse(String where, List<String> lines) {
    List<Pattern> patterns = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = COMMENT.matcher(lines.get(i)).replaceAll("").strip();
      if (!line.isEmpty()) {
        patterns.add(pattern(where + ":" + (i + 1), line));
      }
    }
    return new IgnoreList(patterns);
  }

  private static Pattern pattern(String where, String line) {
    if (!KNOWN.matcher(line).matches()) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL7501",
                  where,
                  "'%s' is no address, so it would match nothing.".formatted(line),
                  "Begin with namespace/, ca/, foreign-ca/, secret/, directory/, deployment/,"
                      + " statefulset/, daemonset/ or rollout/;"
                      + " * stands for a part, ** for the rest.")));
    }
    StringBuilder regex = new StringBuilder();
    Matcher stars = STARS.matcher(line);
    int from = 0;
    while (stars.find()) {
      regex.append(Pattern.quote(line.substring(from, stars.start())));
      regex.append(stars.group().length() > 1 ? ".*" : "[^/]*");
      from = stars.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(line.substring(from))).toString());
  }

  public boolean matches(String address) {
    return patterns.stream().anyMatch(p -> p.matcher(address).matches());
  }
}
