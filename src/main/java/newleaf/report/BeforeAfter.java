package newleaf.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Plan.NamespaceBefore;
import newleaf.plan.Step;

/// What each namespace accepts and each place holds, before and after the whole plan, as a unified
/// diff.
final class BeforeAfter {
  private static final int MANY = 20;
  private static final int EVERYTHING = 100;

  private final Plan plan;
  private final Effects effects;
  private final Map<List<String>, List<String>> namesByDiff = new LinkedHashMap<>();

  private BeforeAfter(Plan plan, Effects effects) {
    this.plan = plan;
    this.effects = effects;
  }

  static List<String> of(Plan plan, Effects effects) {
    BeforeAfter diff = new BeforeAfter(plan, effects);
    diff.namespaces();
    diff.leaves();
    return diff.lines();
  }

  private void namespaces() {
    Map<String, List<CertificateFilter>> before = new HashMap<>();
    Map<String, List<CertificateFilter>> after = new HashMap<>();
    for (Step step : plan.steps()) {
      if (step.action() instanceof Action.SetFilters set) {
        before.putIfAbsent(set.namespace(), set.before());
        after.put(set.namespace(), set.after());
      }
    }
    Bundles bundles = effects.bundles();
    for (NamespaceBefore namespace : plan.namespaces()) {
      String name = namespace.name();
      add(
          "namespace/" + name,
          accepted(bundles.before(name), before.getOrDefault(name, List.of())),
          accepted(bundles.after(name), after.getOrDefault(name, List.of())));
    }
  }

  /// @param filters empty also when the plan leaves them alone
  private static List<String> accepted(List<Bundles.Ca> cas, List<CertificateFilter> filters) {
    List<String> lines = new ArrayList<>();
    cas.forEach(ca -> lines.add("accepts " + certificate(ca)));
    filters.forEach(f -> lines.add("filter  " + f.text()));
    return lines;
  }

  private static String certificate(Bundles.Ca ca) {
    return "%s  %s  %s"
        .formatted(
            ca.foreign() ? "foreign CA" : ca.address(),
            ca.subject(),
            ca.fingerprint()
                .map(f ->
                    f.shortText() + ca.notAfter().map(t -> "  until " + Words.day(t)).orElse(""))
                .orElse(Effects.NEW));
  }

  private void leaves() {
    for (Step step : plan.steps()) {
      if (step.action() instanceof Action.ReissueLeaf leaf) {
        add(
            step.address(),
            leaf.replaces().stream().map(f -> "leaf  " + described(f)).toList(),
            List.of("leaf  " + leaf.profile().subject().text() + "  " + Effects.NEW));
      }
    }
  }

  private String described(Fingerprint fingerprint) {
    return effects
        .certificate(fingerprint)
        .map(c ->
            "%s  %s  until %s"
                .formatted(
                    c.subject().value(),
                    fingerprint.shortText(),
                    Words.day(c.validity().notAfter())))
        .orElse(fingerprint.shortText());
  }

  private void add(String name, List<String> before, List<String> after) {
    List<String> diff = UnifiedDiff.of("now", before, "planned", after, EVERYTHING);
    if (!diff.isEmpty()) {
      namesByDiff.computeIfAbsent(diff.subList(2, diff.size()), _ -> new ArrayList<>()).add(name);
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    namesByDiff.forEach((diff, names) -> {
      List<String> told =
          names.size() > MANY
              ? List.of(names.getFirst() + " and " + (names.size() - 1) + " more alike")
              : names;
      for (String name : told) {
        lines.add("--- " + name + " (now)");
        lines.add("+++ " + name + " (planned)");
        lines.addAll(diff);
      }
    });
    return lines.stream().map(Words::safe).toList();
  }
}
