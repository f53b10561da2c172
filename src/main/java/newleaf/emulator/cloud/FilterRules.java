package newleaf.emulator.cloud;

import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.cert.CertificateFilter;

/// What the certificate filters of a namespace must fulfil.
final class FilterRules {
  private FilterRules() {}

  /// Why the service refuses the filters, or empty when it accepts.
  static Optional<String> violation(List<CertificateFilterSpec> filters) {
    if (filters.size() > CertificateFilter.MAX_PER_NAMESPACE) {
      return Optional.of(
          "invalid certificate filters: %d given, limit %d"
              .formatted(filters.size(), CertificateFilter.MAX_PER_NAMESPACE));
    }
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < filters.size(); i++) {
      String name = "certificate filter " + (i + 1) + " ";
      List<String> values = given(filters.get(i));
      if (values.isEmpty()) {
        problems.add(name + "has no field");
      }
      for (String value : values) {
        CertificateFilter.problemOf(value)
            .ifPresent(why -> problems.add(name + "'" + value + "' " + why));
      }
    }
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of("invalid certificate filters: " + String.join("; ", problems));
  }

  private static List<String> given(CertificateFilterSpec filter) {
    return Stream.of(
            filter.getCommonName(),
            filter.getOrganization(),
            filter.getOrganizationalUnit(),
            filter.getSubjectAlternativeName())
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
