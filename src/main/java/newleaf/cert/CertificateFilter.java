package newleaf.cert;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// A certificate filter of a namespace. A leaf passes one filter when every given field matches,
/// and a namespace when at least one filter passes or there is none
/// (docs.temporal.io/cloud/certificates). Values compare without case; one `*` may stand at the
/// beginning or the end.
public record CertificateFilter(
    Optional<String> commonName,
    Optional<String> organization,
    Optional<String> organizationalUnit,
    Optional<String> subjectAlternativeName) {
  public static final int MAX_PER_NAMESPACE = 25;

  public boolean matches(Certificate leaf) {
    return fits(commonName, () -> leaf.subject().commonName().stream().toList())
        && fits(organization, () -> leaf.subject().organization().stream().toList())
        && fits(organizationalUnit, () -> leaf.subject().organizationalUnit().stream().toList())
        && fits(subjectAlternativeName, leaf::subjectAlternativeNames);
  }

  public static boolean anyMatches(List<CertificateFilter> filters, Certificate leaf) {
    return filters.isEmpty() || filters.stream().anyMatch(f -> f.matches(leaf));
  }

  /// Why the text is no filter value, or empty when it is one.
  public static Optional<String> problemOf(String pattern) {
    long stars = pattern.chars().filter(c -> c == '*').count();
    if (pattern.isBlank()) {
      return Optional.of("is blank");
    }
    if (pattern.equals("*")) {
      return Optional.of("is a lone *, which would match everything");
    }
    if (stars > 1) {
      return Optional.of("has more than one *");
    }
    if (stars == 1 && !pattern.startsWith("*") && !pattern.endsWith("*")) {
      return Optional.of("has a * inside; it may stand only at the beginning or the end");
    }
    return Optional.empty();
  }

  /// `CN=temporal-booking.sdvdw O=Temporal`, as plans print it.
  public String text() {
    StringBuilder out = new StringBuilder();
    append(out, "CN", commonName);
    append(out, "O", organization);
    append(out, "OU", organizationalUnit);
    append(out, "SAN", subjectAlternativeName);
    return out.toString();
  }

  private static boolean fits(Optional<String> pattern, Supplier<List<String>> values) {
    return pattern.isEmpty() || values.get().stream().anyMatch(v -> fits(pattern.get(), v));
  }

  private static boolean fits(String pattern, String value) {
    String wanted = pattern.toLowerCase(Locale.ROOT);
    String given = value.toLowerCase(Locale.ROOT);
    if (wanted.startsWith("*")) {
      return given.endsWith(wanted.substring(1));
    }
    if (wanted.endsWith("*")) {
      return given.startsWith(wanted.substring(0, wanted.length() - 1));
    }
    return given.equals(wanted);
  }

  private static void append(StringBuilder out, String field, Optional<String> value) {
    value.ifPresent(v -> out.append(out.isEmpty() ? "" : " ").append(field).append('=').append(v));
  }
}
