package newleaf.desired;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import newleaf.cert.Fingerprint;
import newleaf.cert.Subject;

/// What CAs and leaves must not be to one another.
final class CaRules {
  private static final Pattern GENERATION = Pattern.compile(" g\\d+$");

  private CaRules() {}

  /// Temporal Cloud refuses two CAs of one subject, and all subjects in a chain must differ.
  static void check(Table<CaSpec> cas, Table<LeafSpec> leaves, Problems problems) {
    refuseSameSubjects(cas, problems);
    refuseAdoptedTwice(cas, problems);
    Set<String> subjects =
        cas.specs().stream().map(ca -> whole(ca.profile().subject())).collect(Collectors.toSet());
    for (Table.Row<LeafSpec> leaf : leaves.rows().values()) {
      cas.find(leaf.spec().ca()).ifPresent(ca -> compareTimes(leaf, ca.spec(), problems));
      refuseSubjectOfCa(leaf, subjects, problems);
    }
  }

  private static void refuseSameSubjects(Table<CaSpec> cas, Problems problems) {
    Map<String, String> first = new HashMap<>();
    for (Table.Row<CaSpec> ca : cas.rows().values()) {
      Subject subject = ca.spec().profile().subject();
      String identity = folded(subject.commonName() + "\n" + subject.organization().orElse(""));
      String other = first.putIfAbsent(identity, ca.spec().name());
      if (other != null) {
        problems.add(
            Codes.CA_SUBJECT_TWICE,
            ca.at("subject"),
            ("ca %s has the common name and organization of ca %s; their generations could not"
                    + " be told apart.")
                .formatted(ca.spec().name(), other),
            "Give it a commonName of its own.");
      }
    }
  }

  private static void refuseAdoptedTwice(Table<CaSpec> cas, Problems problems) {
    Map<Fingerprint, String> first = new HashMap<>();
    for (Table.Row<CaSpec> ca : cas.rows().values()) {
      for (Fingerprint adopted : ca.spec().adopted()) {
        String other = first.putIfAbsent(adopted, ca.spec().name());
        if (other != null && !other.equals(ca.spec().name())) {
          problems.add(
              Codes.ADOPTED_TWICE,
              ca.at("adopt"),
              "ca %s adopts the certificate %s, which ca %s has adopted; both would retire it."
                  .formatted(ca.spec().name(), adopted.shortText(), other),
              "Remove it from one of the two.");
        }
      }
    }
  }

  private static void compareTimes(Table.Row<LeafSpec> leaf, CaSpec ca, Problems problems) {
    var validity = leaf.spec().profile().validity();
    var early = leaf.spec().renewBefore().value();
    if (validity.compareTo(ca.profile().validity()) > 0) {
      problems.add(
          Codes.LEAF_OUTLIVES_CA,
          leaf.at("validity"),
          "leaf.validity is %s but its ca %s is valid for %s; a leaf can not outlive its CA."
              .formatted(
                  Durations.text(validity), ca.name(), Durations.text(ca.profile().validity())),
          "Set it to at most " + Durations.text(ca.profile().validity()) + ".");
    } else if (early.compareTo(ca.renewBefore().value()) >= 0) {
      // a leaf from the last day before the CA's own renewal ends with the CA
      problems.add(
          Codes.LEAF_CUT_BY_CA,
          leaf.spec().renewBefore().source(),
          ("leaf.renewBefore is %s but ca %s has renewBefore %s; a leaf issued just before the"
                  + " CA is replaced is cut to that, and would be due at once.")
              .formatted(
                  Durations.text(early), ca.name(), Durations.text(ca.renewBefore().value())),
          "Set it below "
              + Durations.text(ca.renewBefore().value())
              + ", or renew the CA earlier.");
    }
  }

  private static void refuseSubjectOfCa(
      Table.Row<LeafSpec> leaf, Set<String> cas, Problems problems) {
    if (cas.contains(whole(leaf.spec().profile().subject()))) {
      problems.add(
          Codes.LEAF_NAMED_AS_CA,
          leaf.at("subject"),
          "this leaf has the subject of a CA; Temporal Cloud wants every subject in a chain to"
              + " differ.",
          "Give the leaf a commonName of its own.");
    }
  }

  /// Without the generation: "Booking CA G2" is a name of the CA "Booking CA".
  private static String whole(Subject subject) {
    String commonName = GENERATION.matcher(folded(subject.commonName())).replaceFirst("");
    return String.join(
        "\n",
        commonName,
        folded(subject.organization().orElse("")),
        folded(subject.organizationalUnit().orElse("")));
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).strip().replaceAll("[ ]+", " ");
  }
}
