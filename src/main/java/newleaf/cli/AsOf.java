package newleaf.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import newleaf.desired.Durations;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A time to plan for: `2027-01-31`, `2027-01-31T06:00:00Z`, or `+30d` from now.
sealed interface AsOf {
  Instant from(Instant now);

  record At(Instant time) implements AsOf {
    @Override
    public Instant from(Instant now) {
      return time;
    }
  }

  record In(Duration later) implements AsOf {
    @Override
    public Instant from(Instant now) {
      return now.plus(later);
    }
  }

  final class Text implements ITypeConverter<AsOf> {
    @Override
    public AsOf convert(String text) {
      if (text.startsWith("+")) {
        return new In(Durations.parse(text.substring(1)).orElseThrow(Text::wrong));
      }
      try {
        return new At(
            text.length() == "2027-01-31".length()
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(text));
      } catch (DateTimeParseException _) {
        throw wrong();
      }
    }

    private static TypeConversionException wrong() {
      return new TypeConversionException(
          "write 2027-01-31, 2027-01-31T06:00:00Z (UTC), or +30d from now");
    }
  }
}
