package newleaf.desired;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.CertificateFilter;
import newleaf.cert.TrustBundle;

/// An entry of `namespaces:`.
final class NamespaceYaml {
  /// During a rollover the old and the new generation are both there.
  private static final int MAX_CAS = TrustBundle.MAX_CERTIFICATES - 1;

  private NamespaceYaml() {}

  static NamespaceSpec read(String name, Section namespace, Table<CaSpec> cas) {
    namespace.knows("cas", "filters");
    List<String> accepted = namespace.someTexts("cas", cas).stream().map(Located::value).toList();
    Optional<List<CertificateFilter>> filters =
        namespace.has("filters") ? Optional.of(filters(namespace)) : Optional.empty();
    atMost(namespace, "cas", accepted.size(), MAX_CAS);
    atMost(
        namespace,
        "filters",
        filters.map(List::size).orElse(0),
        CertificateFilter.MAX_PER_NAMESPACE);
    return new NamespaceSpec(name, accepted, filters, namespace.at());
  }

  private static List<CertificateFilter> filters(Section namespace) {
    List<CertificateFilter> filters = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Section section : namespace.sections("filters", "filter")) {
      CertificateFilter filter = filter(section);
      filters.add(filter);
      if (!filter.text().isEmpty()) {
        String identity = filter.text().toLowerCase(Locale.ROOT);
        namespace.refuseRepeated(seen, identity, filter.text(), section.at());
      }
    }
    return filters;
  }

  private static CertificateFilter filter(Section filter) {
    filter.knows("commonName", "organization", "organizationalUnit", "subjectAlternativeName");
    if (filter.fields().entries().isEmpty()) {
      filter
          .problems()
          .add(
              Codes.FILTER_WITHOUT_FIELD,
              filter.at(),
              "this filter has no field; it would let every leaf in.",
              "Give it a commonName, or remove it.");
    }
    return new CertificateFilter(
        pattern(filter, "commonName"),
        pattern(filter, "organization"),
        pattern(filter, "organizationalUnit"),
        pattern(filter, "subjectAlternativeName"));
  }

  private static Optional<String> pattern(Section filter, String key) {
    return filter.optionalText(key, NamespaceYaml::wildcard).map(Located::value);
  }

  private static void wildcard(String name, Located<String> text, Problems problems) {
    ShownTexts.check(name, text, problems);
    CertificateFilter.problemOf(text.value())
        .ifPresent(why ->
            problems.add(
                Codes.FILTER_VALUE,
                text.source(),
                name + " " + Texts.quoted(text.value()) + " " + why + ".",
                "Write the exact value, or one * at its beginning or end."));
  }

  private static void atMost(Section namespace, String key, int size, int limit) {
    if (size > limit) {
      namespace
          .problems()
          .add(
              Codes.NAMESPACE_LIMIT,
              namespace.at(key),
              "namespace.%s has %s entries; Temporal Cloud has room for %s%s."
                  .formatted(
                      key, size, limit, key.equals("cas") ? " and the next generation of one" : ""),
              "Remove " + (size - limit) + " of them.");
    }
  }
}
