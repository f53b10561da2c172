package newleaf.desired;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as the YAML writes them: RFC 3339, `2026-12-01T02:00:00Z` or `2026-12-01T03:00:00+01:00`.
/// The zone has to be there, since one file is read on many machines.
final class Times {
  static final Pattern FORM =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2})");

  /// What people write instead: the day alone, no seconds, a blank for the T, no zone.
  private static final Pattern LOOSE =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})"
              + "(?:[Tt ](\\d{2}:\\d{2})(:\\d{2}(?:\\.\\d{1,9})?)?)?"
              + " ?(Z|z|[+-]\\d{2}:\\d{2})?");

  private Times() {}

  static Optional<Located<Instant>> read(Section section, String key) {
    return section
        .optionalText(key, Section.Check.ANY)
        .flatMap(text -> read(section.name() + "." + key, text, section.problems()));
  }

  private static Optional<Located<Instant>> read(
      String name, Located<String> text, Problems problems) {
    boolean formed = FORM.matcher(text.value()).matches();
    Optional<Instant> time = formed ? instant(text.value()) : Optional.empty();
    if (time.isEmpty()) {
      problems.add(
          Codes.NO_TIME,
          text.source(),
          "%s is %s, which is no %s."
              .formatted(
                  name,
                  Texts.quoted(text.value()),
                  formed ? "day and hour that there is" : "time with a zone"),
          formed ? "Correct it." : advice(LOOSE.matcher(text.value())));
    }
    return time.map(t -> new Located<>(t, text.source()));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty(); // a 30th of February, an hour 25
    }
  }

  private static String advice(Matcher written) {
    if (!written.matches()) {
      return "Write it like 2026-12-01T02:00:00Z or 2026-12-01T03:00:00+01:00.";
    }
    Optional<String> zone = Optional.ofNullable(written.group(4));
    return "Write %sT%s%s%s."
        .formatted(
            written.group(1),
            Optional.ofNullable(written.group(2)).orElse("00:00"),
            Optional.ofNullable(written.group(3)).orElse(":00"),
            zone.map(z -> z.toUpperCase(Locale.ROOT)).orElse("Z, or another zone than Z (UTC)"));
  }
}
