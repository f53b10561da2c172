package newleaf.adopt;

import java.time.Duration;
import java.time.Instant;
import newleaf.cert.Validity;

/// Durations for what will be made next, taken from what is there, and such that nothing is due on
/// the day of the import.
final class Lifetimes {
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Duration SHORTEST = Duration.ofHours(1);

  /// A plan made a little later shall be empty too.
  private static final Duration MARGIN = Duration.ofDays(1);

  private Lifetimes() {}

  static Adopted.Lifetime ofCa(Validity longest, Instant earliestEnd, Instant asOf) {
    Duration validity = between(SHORTEST, whole(length(longest)), LONGEST);
    Duration left = Duration.between(asOf, earliestEnd);
    Duration early = notYet(third(validity), left);
    return new Adopted.Lifetime(validity, early.compareTo(SHORTEST) < 0 ? half(SHORTEST) : early);
  }

  static Adopted.Lifetime ofLeaf(Validity found, Adopted.Lifetime ca, Instant asOf) {
    Duration validity = between(Duration.ofMinutes(2), whole(length(found)), ca.validity());
    Duration left = Duration.between(asOf, found.notAfter());
    // a leaf from the last day before the CA's own renewal ends with the CA
    Duration beforeCa = whole(ca.renewBefore().multipliedBy(2).dividedBy(3));
    Duration early = notYet(third(validity), left);
    return new Adopted.Lifetime(validity, early.compareTo(beforeCa) < 0 ? early : beforeCa);
  }

  /// What the file means when it does not say `renewBefore`.
  static Duration third(Duration whole) {
    Duration third = Duration.ofSeconds(Math.max(1, whole.toSeconds() / 3));
    return third.toHours() > 0 ? Duration.ofHours(third.toHours()) : third;
  }

  /// Whether the default for renewBefore would make it due now.
  static boolean endsSoon(Duration validity, Instant end, Instant asOf) {
    Duration left = Duration.between(asOf, end);
    return !notYet(third(validity), left).equals(third(validity));
  }

  private static Duration notYet(Duration early, Duration left) {
    boolean fits = early.plus(MARGIN).compareTo(left) < 0;
    return fits || early.compareTo(half(left)) < 0 ? early : half(left);
  }

  private static Duration half(Duration left) {
    return whole(left.dividedBy(2));
  }

  private static Duration length(Validity validity) {
    return Duration.between(validity.notBefore(), validity.notAfter());
  }

  /// Without the minutes by which tools date back, as a person would write it.
  private static Duration whole(Duration exact) {
    if (exact.toDays() >= 2) {
      return Duration.ofDays(exact.toDays());
    }
    if (exact.toHours() >= 2) {
      return Duration.ofHours(exact.toHours());
    }
    if (exact.toMinutes() >= 2) {
      return Duration.ofMinutes(exact.toMinutes());
    }
    return Duration.ofSeconds(Math.max(1, exact.toSeconds()));
  }

  private static Duration between(Duration least, Duration wanted, Duration most) {
    Duration enough = wanted.compareTo(least) < 0 ? least : wanted;
    return enough.compareTo(most) > 0 ? most : enough;
  }
}
