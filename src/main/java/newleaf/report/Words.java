package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import newleaf.Printable;
import newleaf.desired.Durations;

/// How values read: times in UTC to the second, durations as the YAML writes them, and text from
/// elsewhere made harmless (a certificate's subject may hold anything, and must not be able to lie
/// in a terminal).
public final class Words {
  private Words() {}

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String day(Instant instant) {
    return instant.toString().substring(0, 10);
  }

  public static String duration(Duration duration) {
    return Durations.text(duration);
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

  public static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }

  public static String safe(String text) {
    return Printable.of(text);
  }
}
