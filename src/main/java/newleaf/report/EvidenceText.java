package newleaf.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import newleaf.cert.Fingerprint;
import newleaf.observed.Sweep;
import newleaf.plan.Evidence;

/// The evidence for the removal of a CA, a line for each witness.
///
/// @param name makes text from elsewhere harmless where the lines stand
record EvidenceText(Evidence evidence, Instant asOf, UnaryOperator<String> name) {
  private static final int MANY = 20;

  /// @param who a name that the YAML gives, or where else the line is from
  record Line(String who, String what) {}

  /// What goes before the lines.
  String lead() {
    return "evidence for removing " + name.apply(evidence.ca());
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    if (evidence.holders().size() > MANY) {
      lines.addAll(inNumbers());
    } else {
      evidence.holders().forEach(h -> lines.add(new Line(name.apply(h.name()), held(h))));
    }
    evidence
        .clients()
        .forEach(c -> lines.add(new Line(name.apply("clients/" + c.name()), vouched(c))));
    lines.add(new Line("leaves issued", ledger()));
    lines.add(new Line("elsewhere", elsewhere()));
    others(lines);
    lines.add(
        new Line(
            "at apply",
            evidence.others().isEmpty()
                ? "pods, places and pollers are asked once more"
                : "pods, places, pollers and other Secrets are asked once more"));
    return lines;
  }

  /// Which Secrets nobody declared, and how far was looked.
  private void others(List<Line> lines) {
    if (evidence.others().isEmpty()) {
      return;
    }
    Sweep sweep = evidence.others().get();
    sweep.strays().stream()
        .limit(MANY)
        .forEach(s -> lines.add(new Line("NOT in the YAML", stray(s))));
    if (sweep.strays().size() > MANY) {
      lines.add(new Line("NOT in the YAML", "and %d more".formatted(sweep.strays().size() - MANY)));
    }
    if (sweep.strays().isEmpty() && sweep.notLooked().isEmpty()) {
      String looked = Words.count(sweep.looked(), "Secret");
      lines.add(
          new Line("other Secrets", "none holds a leaf of it (%s looked at)".formatted(looked)));
    }
    sweep.notLooked().ifPresent(why -> lines.add(new Line("NOT looked at", name.apply(why))));
  }

  private String stray(Sweep.Stray stray) {
    return "%s holds leaf %s (%s) of it until %s"
        .formatted(
            name.apply(stray.place().address()),
            name.apply(stray.leaf().fingerprint().shortText()),
            name.apply(stray.leaf().subject().value()),
            Words.day(stray.leaf().validity().notAfter()));
  }

  private String held(Evidence.Held held) {
    String leaf =
        held.leaf().map(Fingerprint::shortText).map(f -> "leaf " + name.apply(f)).orElse("no leaf")
            + " of "
            + held.issuer().map(name).orElse("another CA");
    String since = held.since().map(t -> " since " + Words.time(t)).orElse("");
    String where =
        held.pods()
            .map(p -> "%d of %s on %s".formatted(p.on(), Words.count(p.of(), "pod"), leaf))
            .orElseGet(() -> name.apply(held.place()) + " holds " + leaf);
    return where
        + since
        + held.acknowledged()
            .map(at -> "; acknowledged at " + name.apply(at.toString()))
            .orElse("");
  }

  /// Many alike are counted.
  private List<Line> inNumbers() {
    Map<String, Long> counts =
        evidence.holders().stream()
            .collect(
                Collectors.groupingBy(EvidenceText::where, TreeMap::new, Collectors.counting()));
    String last =
        evidence.holders().stream()
            .flatMap(h -> h.since().stream())
            .max(Instant::compareTo)
            .map(t -> ", the last since " + Words.time(t))
            .orElse("");
    long pods =
        evidence.holders().stream()
            .flatMap(h -> h.pods().stream())
            .mapToInt(Evidence.Pods::of)
            .sum();
    long on =
        evidence.holders().stream()
            .flatMap(h -> h.pods().stream())
            .mapToInt(Evidence.Pods::on)
            .sum();
    List<Line> lines = new ArrayList<>();
    counts.forEach((issuer, count) ->
        lines.add(
            new Line(Words.count(count, "holder"), "on leaves of " + name.apply(issuer) + last)));
    lines.add(new Line(Words.count(pods, "pod"), on + " started for the leaf of their place"));
    return lines;
  }

  private static String where(Evidence.Held held) {
    return held.issuer().orElse("another CA");
  }

  private String vouched(Evidence.Client client) {
    return (client.acknowledged() ? "acknowledged at " : "NOT acknowledged at ")
        + name.apply(client.at().toString());
  }

  private String ledger() {
    if (evidence.ledger().isEmpty()) {
      return "none of it that newleaf's journal knows of";
    }
    List<String> parts = new ArrayList<>();
    add(parts, Evidence.Fate.REPLACED, "replaced");
    add(parts, Evidence.Fate.LAST, "not replaced by newleaf");
    add(parts, Evidence.Fate.FORGOTTEN, "at places that are no longer in the YAML");
    return String.join("; ", parts);
  }

  private void add(List<String> parts, Evidence.Fate fate, String what) {
    List<Evidence.Issued> some = evidence.ledger().stream().filter(i -> i.fate() == fate).toList();
    if (!some.isEmpty()) {
      Instant end = some.stream().map(Evidence.Issued::notAfter).max(Instant::compareTo).get();
      parts.add(
          "%d %s (%s), %s"
              .formatted(
                  some.size(),
                  what,
                  Words.few(some.stream().map(i -> name.apply(i.place())).toList()),
                  (some.size() == 1 ? "" : "the last ") + Words.until(end, asOf)));
    }
  }

  private String elsewhere() {
    return evidence.elsewhere().isEmpty()
        ? "no other namespace of the YAML accepts it"
        : "still accepted by " + Words.few(evidence.elsewhere().stream().map(name).toList());
  }
}
