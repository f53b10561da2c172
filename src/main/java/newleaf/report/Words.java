package newleaf.report;

import java.lang.Character.UnicodeScript;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import newleaf.Printable;
import newleaf.desired.Durations;

/// How values read: times in UTC to the second, durations as the YAML writes them, and text from
/// elsewhere made harmless (a certificate's subject may hold anything, and must not be able to lie
/// in a terminal).
public final class Words {
  private static final Pattern STEP = Pattern.compile("s[0-9]{1,9}");
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  private static final int FEW = 3;

  private Words() {}

  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// For lines that are read as they come.
  public static String clock(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString().substring(11, 19);
  }

  static String day(Instant instant) {
    return instant.toString().substring(0, 10);
  }

  public static String duration(Duration duration) {
    return Durations.text(duration);
  }

  /// How long something took: `0.7s`, `1m40s`, `2h03m`.
  public static String span(Duration duration) {
    Duration size = duration.isNegative() ? Duration.ZERO : duration;
    if (size.toHours() > 0) {
      return "%dh%02dm".formatted(size.toHours(), size.toMinutesPart());
    }
    return size.toMinutes() > 0
        ? "%dm%02ds".formatted(size.toMinutes(), size.toSecondsPart())
        : String.format(Locale.ROOT, "%.1fs", Math.floor(size.toMillis() / 100.0) / 10);
  }

  /// The largest unit only: for "in 47d", where the rest does not matter.
  static String about(Duration duration) {
    Duration size = duration.abs();
    if (size.toDays() > 0) {
      return size.toDays() + "d";
    }
    if (size.toHours() > 0) {
      return size.toHours() + "h";
    }
    return size.toMinutes() > 0 ? size.toMinutes() + "m" : size.toSeconds() + "s";
  }

  /// `37d`, or `2d ago`
  static String left(Instant end, Instant asOf) {
    Duration left = Duration.between(asOf, end);
    return about(left) + (left.isNegative() ? " ago" : "");
  }

  /// Of a certificate: `until 2026-12-31 (37d)`.
  static String until(Instant end, Instant asOf) {
    return (end.isBefore(asOf) ? "expired " : "until ") + day(end) + " (" + left(end, asOf) + ")";
  }

  public static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }

  /// The first three, and how many more.
  static String few(List<String> names) {
    return names.size() <= FEW + 1
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, FEW)) + " and " + (names.size() - FEW) + " more";
  }

  public static String safe(String text) {
    return Printable.of(text);
  }

  /// Columns on a terminal: Chinese, Japanese and Korean letters take two.
  static int width(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return c > 0x7f
        && switch (UnicodeScript.of(c)) {
          case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
          default -> false;
        };
  }

  /// Step ids, runs of them shortened: `s1, s3-s6`.
  static String steps(List<String> ids) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= ids.size(); i++) {
      if (i == ids.size() || !follows(ids.get(i - 1), ids.get(i))) {
        run(ids.subList(from, i), parts);
        from = i;
      }
    }
    return String.join(", ", parts);
  }

  private static void run(List<String> ids, List<String> parts) {
    if (ids.size() > 2) {
      parts.add(ids.getFirst() + "-" + ids.getLast());
    } else {
      parts.addAll(ids);
    }
  }

  private static boolean follows(String one, String next) {
    return STEP.matcher(one).matches()
        && STEP.matcher(next).matches()
        && Integer.parseInt(one.substring(1)) + 1 == Integer.parseInt(next.substring(1));
  }

  /// One word of a command for a POSIX shell.
  static String shell(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
