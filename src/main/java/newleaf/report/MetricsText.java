package newleaf.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import newleaf.drift.Drift;
import newleaf.drift.Finding;
import newleaf.drift.Runs;
import newleaf.drift.Sighting;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Summary;

/// A check as gauges, in the text format that Prometheus' node exporter collects from files.
public final class MetricsText {
  private final StringBuilder out = new StringBuilder();

  private MetricsText() {}

  public static String of(Drift drift, Plan plan, Runs runs) {
    MetricsText text = new MetricsText();
    text.certificates(drift);
    text.findings(drift);
    text.steps(plan.summary());
    text.plan(plan);
    text.gates(plan);
    text.runs(drift, runs);
    return text.out.toString();
  }

  private void certificates(Drift drift) {
    Gauge ends = new Gauge("newleaf_certificate_expiry_timestamp_seconds", "When it ends.");
    Gauge renewals =
        new Gauge("newleaf_certificate_renewal_timestamp_seconds", "When newleaf replaces it.");
    for (Sighting seen : drift.seen()) {
      String[] labels = labels(seen);
      ends.sample(seen.certificate().validity().notAfter(), labels);
      renewals.sample(seen.renewAt(), labels);
    }
    ends.write();
    renewals.write();
    single("newleaf_certificates_at_risk", "Ending within --fail-within.", drift.atRisk().size());
  }

  private static String[] labels(Sighting seen) {
    return new String[] {
      "role", seen.role().name().toLowerCase(Locale.ROOT),
      "address", seen.address(),
      "subject", seen.certificate().subject().value(),
      "fingerprint", seen.certificate().fingerprint().value()
    };
  }

  /// Kinds of which there is none are 0, so that an alert can tell that from a check not made.
  private void findings(Drift drift) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Finding.kinds().forEach(kind -> counts.put(kind, 0));
    drift.findings().forEach(f -> counts.merge(f.finding().kind(), 1, Integer::sum));
    Gauge gauge = new Gauge("newleaf_drift_findings", "Changes that newleaf did not make.");
    counts.forEach((kind, count) -> gauge.sample(count, "kind", kind));
    gauge.write();
    single("newleaf_drift_ignored_findings", "As the ignore file says.", drift.leftOut().ignored());
    single(
        "newleaf_drift_compared",
        "1 when there was a snapshot to compare with.",
        drift.measure() == Drift.Measure.SNAPSHOT ? 1 : 0);
  }

  private void steps(Summary due) {
    Gauge gauge = new Gauge("newleaf_plan_steps", "Steps of the plan.");
    gauge.sample(due.issue(), "verb", "issue");
    gauge.sample(due.trust(), "verb", "trust");
    gauge.sample(due.filter(), "verb", "filter");
    gauge.sample(due.reissue(), "verb", "reissue");
    gauge.sample(due.roll(), "verb", "roll");
    gauge.sample(due.scale(), "verb", "scale");
    gauge.sample(due.reload(), "verb", "reload");
    gauge.sample(due.retire(), "verb", "retire");
    gauge.write();
  }

  private void plan(Plan plan) {
    single(
        "newleaf_plan_blockers", "What keeps the plan from being applied.", plan.blockers().size());
    Gauge slack =
        new Gauge("newleaf_rotation_slack_seconds", "Room between its end and its deadline.");
    plan.rotations()
        .forEach(r -> r.slack().ifPresent(left -> slack.sample(left.toSeconds(), "ca", r.ca())));
    slack.write();
  }

  private void gates(Plan plan) {
    Gauge since = new Gauge("newleaf_gate_open_timestamp_seconds", "Since when a soak runs.");
    Gauge until =
        new Gauge(
            "newleaf_gate_until_timestamp_seconds", "When a soak is over, or a notBefore reached.");
    for (Gate gate : plan.gates()) {
      switch (gate) {
        case Gate.Soak soak -> {
          since.sample(soak.openedAt(), "gate", soak.id());
          until.sample(soak.until(), "gate", soak.id());
        }
        case Gate.NotBefore notBefore -> until.sample(notBefore.at(), "gate", notBefore.id());
        case Gate.Approval _, Gate.Acknowledgement _ -> {}
      }
    }
    since.write();
    until.write();
  }

  private void runs(Drift drift, Runs runs) {
    time("newleaf_last_drift_check_timestamp_seconds", "This check.", Optional.of(drift.asOf()));
    time(
        "newleaf_last_apply_timestamp_seconds",
        "Start of the last apply with steps.",
        runs.last().map(Runs.Run::startedAt));
    time(
        "newleaf_last_proof_timestamp_seconds",
        "When a step was last proven.",
        runs.lastProof().map(Runs.Proved::at));
    time("newleaf_snapshot_timestamp_seconds", "What was compared with.", drift.snapshotAt());
    single("newleaf_unfinished_steps", "Begun and not ended.", runs.unfinished().size());
    single("newleaf_lock_held", "1 while a run goes on.", drift.lockHolder().isPresent() ? 1 : 0);
  }

  private void single(String name, String help, long value) {
    Gauge gauge = new Gauge(name, help);
    gauge.sample(value);
    gauge.write();
  }

  private void time(String name, String help, Optional<Instant> at) {
    Gauge gauge = new Gauge(name, help);
    gauge.sample(at);
    gauge.write();
  }

  /// Samples of one name, gathered since they must stand together. One series twice would make the
  /// whole file unreadable, so the first counts.
  private final class Gauge {
    private final String name;
    private final String help;
    private final Map<String, Long> samples = new LinkedHashMap<>();

    Gauge(String name, String help) {
      this.name = name;
      this.help = help;
    }

    void sample(Optional<Instant> at, String... labels) {
      at.ifPresent(t -> sample(t, labels));
    }

    void sample(Instant at, String... labels) {
      sample(at.getEpochSecond(), labels);
    }

    void sample(long value, String... labels) {
      samples.putIfAbsent(MetricsLabels.of(labels), value);
    }

    /// Nothing without a sample.
    void write() {
      if (samples.isEmpty()) {
        return;
      }
      out.append("# HELP ").append(name).append(' ').append(help).append('\n');
      out.append("# TYPE ").append(name).append(" gauge\n");
      samples.forEach((labels, value) ->
          out.append(name).append(labels).append(' ').append(value).append('\n'));
    }
  }
}
