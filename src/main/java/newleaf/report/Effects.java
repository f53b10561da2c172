package newleaf.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Plan.Known;
import newleaf.plan.Step;

/// Reads from a plan what its steps do.
final class Effects {
  static final String NEW = "known after issue";

  private final Plan plan;
  private final Bundles bundles;
  private final Map<Fingerprint, Certificate> known = new HashMap<>();

  Effects(Plan plan) {
    this.plan = plan;
    this.bundles = new Bundles(plan);
    for (Known one : plan.known()) {
      known.put(one.certificate().fingerprint(), one.certificate());
    }
  }

  /// As far as the plan describes it.
  Optional<Certificate> certificate(Fingerprint fingerprint) {
    return Optional.ofNullable(known.get(fingerprint));
  }

  Bundles bundles() {
    return bundles;
  }

  Effect of(Step step) {
    return switch (step.action()) {
      case Action.TrustCa _, Action.RetireCa _ -> bundle(step);
      case Action.SetFilters a -> Effect.of(line(step), filters(a.before(), a.after()), 0);
      case Action.ReissueLeaf a -> Effect.of(line(step), leaves(a), 0);
      case Action.IssueCa _, Action.RollWorker _, Action.ScaleWorker _, Action.AwaitReload _ ->
          Effect.of(line(step), List.of(), 0);
    };
  }

  /// The part that steps of many resources may have in common, and what is left.
  Effect shared(Step step) {
    return switch (step.action()) {
      case Action.ReissueLeaf a ->
          new Effect(line(step), List.of(), 0, List.of(a.profile().subject().text(), old(a)));
      case Action.AwaitReload a ->
          new Effect(
              "wait until each has reloaded its leaf",
              List.of(),
              0,
              List.of(a.target().place().address()));
      case Action.IssueCa _,
          Action.TrustCa _,
          Action.SetFilters _,
          Action.RollWorker _,
          Action.ScaleWorker _,
          Action.RetireCa _ ->
          of(step);
    };
  }

  private String line(Step step) {
    return ActionText.effect(step, bundles, Words::safe);
  }

  private String old(Action.ReissueLeaf action) {
    return action
        .replaces()
        .map(f -> "replaces " + f.shortText() + end(certificate(f)).map(t -> " " + t).orElse(""))
        .orElse("none there yet");
  }

  private Effect bundle(Step step) {
    Bundles.Change change = bundles.of(step).orElseThrow();
    List<Row> rows = new ArrayList<>();
    for (Bundles.Ca ca : change.before()) {
      rows.add(row(change.after().contains(ca) ? ' ' : '-', ca));
    }
    change.added().forEach(ca -> rows.add(row('+', ca)));
    return Effect.of(line(step) + size(change), rows, 1);
  }

  private static String size(Bundles.Change change) {
    return change
        .bytes()
        .map(b -> String.format(Locale.ROOT, " (%.1f of 32 KB now)", b / 1024.0))
        .orElse("");
  }

  private Row row(char mark, Bundles.Ca ca) {
    return Row.of(
        mark,
        ca.foreign() ? "foreign CA" : ca.address(),
        ca.subject(),
        ca.fingerprint().map(Fingerprint::shortText).orElse(NEW),
        ca.notAfter().map(t -> Words.until(t, plan.asOf())).orElse(""));
  }

  static List<Row> filters(List<CertificateFilter> before, List<CertificateFilter> after) {
    List<Row> rows = new ArrayList<>();
    for (CertificateFilter filter : before) {
      rows.add(Row.of(after.contains(filter) ? ' ' : '-', filter.text()));
    }
    after.stream().filter(f -> !before.contains(f)).forEach(f -> rows.add(Row.of('+', f.text())));
    return rows;
  }

  private List<Row> leaves(Action.ReissueLeaf action) {
    List<Row> rows = new ArrayList<>();
    action.replaces().ifPresent(f -> rows.add(old(f, certificate(f))));
    rows.add(
        Row.of(
            '+', named(action.profile().subject().text(), action.profile().dnsNames()), NEW, ""));
    return rows;
  }

  private static String named(String subject, List<String> alternativeNames) {
    return alternativeNames.isEmpty()
        ? subject
        : subject + " (" + String.join(" ", alternativeNames) + ")";
  }

  private Row old(Fingerprint fingerprint, Optional<Certificate> leaf) {
    return Row.of(
        '-',
        leaf.map(l -> named(l.subject().value(), l.subjectAlternativeNames())).orElse(""),
        fingerprint.shortText(),
        end(leaf).orElse(""));
  }

  private Optional<String> end(Optional<Certificate> certificate) {
    return certificate.map(c -> Words.until(c.validity().notAfter(), plan.asOf()));
  }
}
