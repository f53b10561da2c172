package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import newleaf.drift.Drift;
import newleaf.drift.Drift.Measure;
import newleaf.drift.Finding;
import newleaf.drift.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTextTest {
  private static final Runs RUNS =
      new Runs(
          Optional.of(new Runs.Run("r1", DriftSamples.NOW)),
          Optional.of(new Runs.Proved("x", DriftSamples.NOW)),
          List.of());

  private static String text(Drift drift, String name) {
    return MetricsText.of(drift, new Samples(name).plan(), RUNS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"booking", "q\"uote\\back\nline", "\u202e\u0000|{}=,", "x", "ü", "\\", "\\n\""})
  void formatIsStrictlyRightWhateverTheNames(String name) {
    Exposition metrics = Exposition.parse(text(new DriftSamples(name).loud(), name));
    assertThat(metrics.problems()).isEmpty();
    assertThat(metrics.samples()).hasSizeGreaterThan(40);
  }

  @Test
  void longNamesAreCutAndNoSeriesComesTwice() {
    Exposition metrics = Exposition.parse(text(new DriftSamples("x".repeat(9000)).loud(), "y"));
    assertThat(metrics.problems()).isEmpty();
    assertThat(metrics.samples().keySet()).allMatch(series -> series.length() < 900);
  }

  @Test
  void certificatesAndFindingsHaveTheirValues() {
    Exposition metrics = Exposition.parse(text(new DriftSamples("b").loud(), "b"));
    String leaf =
        "role=\"leaf\",address=\"directory/b\",subject=\"CN=b\",fingerprint=\""
            + newleaf.drift.Scene.fingerprint("e").value()
            + "\"";
    assertThat(metrics.samples())
        .containsEntry(
            "newleaf_certificate_expiry_timestamp_seconds{" + leaf + "}",
            (double) DriftSamples.NOW.minusSeconds(3 * 86_400).getEpochSecond())
        .containsEntry(
            "newleaf_certificate_renewal_timestamp_seconds{" + leaf + "}",
            (double) DriftSamples.NOW.getEpochSecond())
        .containsEntry("newleaf_drift_findings{kind=\"leaf_replaced\"}", 2.0)
        .containsEntry("newleaf_certificates_at_risk", 3.0)
        .containsEntry("newleaf_plan_steps{verb=\"trust\"}", 2.0)
        .containsEntry("newleaf_rotation_slack_seconds{ca=\"booking\"}", -604_800.0)
        .containsEntry(
            "newleaf_last_apply_timestamp_seconds", (double) DriftSamples.NOW.getEpochSecond())
        .containsKey("newleaf_gate_open_timestamp_seconds{gate=\"soak/ca/booking-g1\"}");
  }

  @Test
  void kindsOfWhichThereIsNoneAreZero() {
    Exposition metrics =
        Exposition.parse(text(new DriftSamples("b").quiet(Measure.NO_SNAPSHOT), "b"));
    for (String kind : Finding.kinds()) {
      assertThat(metrics.samples())
          .containsEntry("newleaf_drift_findings{kind=\"" + kind + "\"}", 0.0);
    }
    assertThat(metrics.samples()).containsEntry("newleaf_drift_compared", 0.0);
    assertThat(metrics.samples()).doesNotContainKey("newleaf_snapshot_timestamp_seconds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 1",
        "# TYPE a gauge\na 1\n",
        "# HELP a x\n# TYPE a gauge\na 1\na 1\n",
        "# HELP a x\n# TYPE a gauge\na{b=\"c\"d\"} 1\n",
        "# HELP a x\n# TYPE a gauge\na{b=\"\\q\"} 1\n",
        "# HELP a x\n# TYPE a gauge\na{b=\"1\",b=\"2\"} 1\n",
        "# HELP a x\n# TYPE a gauge\na{__b=\"1\"} 1\n",
        "# HELP a x\n# TYPE a gauge\na 1\n# HELP c x\n# TYPE c gauge\nc 1\na{b=\"1\"} 1\n",
        "# HELP a x\n# TYPE a counter\na 1\n",
        "# HELP a_total x\n# TYPE a_total gauge\na_total 1\n",
        "# HELP a_minutes x\n# TYPE a_minutes gauge\na_minutes 1\n",
        "# HELP a-b x\n# TYPE a-b gauge\na-b 1\n",
        "# HELP a x\n# TYPE a gauge\na one\n",
        "# HELP a x\n# TYPE a gauge\n",
        "\n\n"
      })
  void strictParserFindsWhatIsWrong(String wrong) {
    assertThat(Exposition.parse(wrong).problems()).isNotEmpty();
  }
}
