package newleaf.desired;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as the YAML writes them: `90s`, `10m`, `12h`, `30d`, `1d12h`. A day has 24 hours, as
/// in certificates, which count in UTC.
public final class Durations {
  /// Certificates can not name a year after 9999, and no CA should live this long anyway.
  static final Duration LONGEST = Duration.ofDays(36_500);

  static final Pattern FORM = Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");
  private static final Pattern OTHER_UNIT = Pattern.compile("(\\d{1,4})([yw])");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  private Durations() {}

  static Optional<Duration> read(String name, Located<String> text, Problems problems) {
    Matcher parts = FORM.matcher(text.value());
    if (!parts.matches()) {
      problems.add(
          Codes.NO_DURATION,
          text.source(),
          name + " is " + Texts.quoted(text.value()) + ", which is no duration.",
          advice(text.value()));
      return Optional.empty();
    }
    Optional<Duration> sum = sum(parts).filter(d -> d.isPositive() && d.compareTo(LONGEST) <= 0);
    if (sum.isEmpty()) {
      problems.add(
          Codes.DURATION_RANGE,
          text.source(),
          name + " is " + Texts.quoted(text.value()) + ", out of the range 1s to 36500d.",
          "Write a duration between them.");
    }
    return sum;
  }

  /// For durations outside a file, such as options.
  public static Optional<Duration> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? sum(parts).filter(d -> d.isPositive() && d.compareTo(LONGEST) <= 0)
        : Optional.empty();
  }

  /// The shortest way to write it: `1d12h`.
  public static String text(Duration duration) {
    String text =
        part(duration.toDaysPart(), "d")
            + part(duration.toHoursPart(), "h")
            + part(duration.toMinutesPart(), "m")
            + part(duration.toSecondsPart(), "s");
    return text.isEmpty() ? "0s" : text;
  }

  /// A third of it, in whole hours, or in whole seconds below one hour.
  static Duration third(Duration whole) {
    Duration third = Duration.ofSeconds(Math.max(1, whole.toSeconds() / 3));
    return third.toHours() > 0 ? Duration.ofHours(third.toHours()) : third;
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }

  private static Optional<Duration> sum(Matcher parts) {
    long[] seconds = {86_400, 3_600, 60, 1};
    long sum = 0;
    for (int i = 0; i < seconds.length; i++) {
      String digits = parts.group(i + 1);
      if (digits != null && digits.length() > 10) {
        return Optional.empty(); // ten digits of days still fit a long
      }
      sum += digits == null ? 0 : Long.parseLong(digits) * seconds[i];
    }
    return Optional.of(Duration.ofSeconds(sum));
  }

  private static String advice(String written) {
    String lower = written.toLowerCase(Locale.ROOT).replace(" ", "");
    Matcher other = OTHER_UNIT.matcher(lower);
    if (other.matches()) {
      int days = Integer.parseInt(other.group(1)) * (other.group(2).equals("y") ? 365 : 7);
      return "Count it in days: " + days + "d.";
    }
    if (NUMBER.matcher(lower).matches()) {
      return "Add the unit: " + lower + "d for days.";
    }
    if (FORM.matcher(lower).matches()) {
      return "Write " + lower + ".";
    }
    return iso(lower)
        .map(d -> "Write " + text(d) + ".")
        .orElse("Write it like 90s, 10m, 12h, 30d or 1d12h.");
  }

  private static Optional<Duration> iso(String text) {
    try {
      return Optional.of(Duration.parse(text)).filter(Duration::isPositive);
    } catch (DateTimeException _) {
      return Optional.empty(); // not ISO 8601 either
    }
  }
}
