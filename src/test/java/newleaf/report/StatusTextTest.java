package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.drift.Phase;
import newleaf.drift.Runs;
import newleaf.drift.Scene;
import newleaf.drift.Status;
import newleaf.plan.Due;
import newleaf.plan.LaterRemoval;
import newleaf.plan.Plan;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  private static Status status(String text) {
    Certificate ca = Scene.certificate("a", "CN=" + text, Duration.ofDays(37), true);
    Certificate leaf = Scene.certificate("b", "CN=" + text, Duration.ofDays(-2), false);
    Due deadline = new Due("ca/" + text, Due.What.EXPIRY, ca.validity().notAfter());
    return new Status(
        text + ".yaml",
        Scene.NOW,
        List.of(
            new Status.Ca(
                text,
                List.of(
                    new Status.Generation(
                        "ca/booking-g1",
                        Phase.RETIRING,
                        ca,
                        false,
                        List.of(text, "b.c"),
                        List.of(
                            new Status.Place("secret/" + text, Optional.of(leaf)),
                            new Status.Place("directory/x", Optional.empty()))),
                    new Status.Generation(
                        "ca/booking-g2", Phase.GENERATED, ca, true, List.of(), List.of())),
                2,
                Optional.of(
                    new Plan.RotationOutlook(
                        text,
                        false,
                        Optional.of(deadline),
                        Duration.ofMinutes(12),
                        Optional.of(Duration.ofDays(-1)))),
                new Samples(text).gates(),
                List.of(
                    new LaterRemoval(
                        text, "ca/" + text, List.of(text), List.of(), "soak/x", Scene.NOW)))),
        List.of(new Status.Place("secret/a/b", Optional.empty())),
        Optional.of(new Due("s1", Due.What.STEP, Scene.NOW)),
        2,
        false,
        Optional.empty(),
        new Runs(
            Optional.of(new Runs.Run("r1", Scene.THEN)),
            Optional.of(new Runs.Proved(text, Scene.THEN)),
            List.of(new Runs.Unfinished(new Samples(text).steps().getFirst(), Scene.THEN))));
  }

  @Test
  void everythingIsToldInAsciiWithinAHundredColumns() {
    String text = StatusText.of(status("booking"));
    assertThat(text).matches("[\\x20-\\x7e\\n]+");
    assertThat(text.lines().filter(l -> !l.contains(": newleaf ")))
        .allMatch(l -> l.length() <= 100);
    assertThat(text)
        .contains("retiring   ca/booking-g1", "generated  ca/booking-g2", "(37d left)")
        .contains("accepted by  nobody", "(ENDED 2d ago)", "no leaf")
        .contains("its private key is not here")
        .contains("NO SLACK, start now", "waits since 2026-11-24T00:00:00Z", "; not")
        .contains("--approve retire/ca/booking-g1", "acknowledged: true")
        .contains("unfinished   issue ca/booking-g2", "the next apply looks after it")
        .contains("lock         free")
        .endsWith("Next: s1 has a step that can be carried out now; 2 steps in the plan.\n");
  }

  @Test
  void namesFromOutsideForgeNothing() {
    String text = StatusText.of(status("a\nb\u001b[31m\u202e"));
    assertThat(text).matches("[\\x20-\\x7e\\n]+").doesNotContain("\nb");
  }

  @Test
  void jsonHoldsTheSame() {
    String json = StatusDocument.of(status("booking"));
    var any = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    String wants =
        """
        {"required": ["format_version", "rotations", "next_due", "unfinished"],
         "properties": {"rotations": {"items": {"properties": {"generations": {"items": {
           "properties": {"phase": {"enum": ["retiring", "generated"]}}}}}}},
           "unfinished": {"items": {"required": ["verb", "address", "begun_at"]}}}}
        """;
    assertThat(any.getSchema(wants).validate(json, InputFormat.JSON)).isEmpty();
    assertThat(StatusDocument.next(new Samples("x").plan()))
        .contains("\"next_due\" : {", "\"blocked\" : true");
  }

  @Test
  void nextIsOneLineInEveryCase() {
    assertThat(StatusText.next(Optional.empty(), Scene.NOW, 0, false)).isEqualTo("Next: nothing.");
    assertThat(StatusText.next(Optional.empty(), Scene.NOW, 2, false)).contains("a person");
    assertThat(StatusText.next(Optional.empty(), Scene.NOW, 2, true)).contains("blocked");
    assertThat(
            StatusText.next(
                Optional.of(
                    new Due("ca/x-g1", Due.What.RENEWAL, Scene.NOW.plus(Duration.ofDays(7)))),
                Scene.NOW,
                0,
                false))
        .isEqualTo("Next: ca/x-g1 is due for renewal 2026-12-01 (in 7d).");
  }
}
