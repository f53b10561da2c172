package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.apply.ApplyEvent;
import newleaf.apply.Progress;
import newleaf.journal.Outcome;
import newleaf.plan.Action;
import newleaf.plan.Gate;
import newleaf.plan.Reason;
import newleaf.plan.Step;
import org.junit.jupiter.api.Test;

/// Every kind of step, reason, gate and event has its words, and no name from outside can forge a
/// line or turn one around.
class ReportTest {
  /// New line, carriage return, escape sequence, C1 control, bidi override and isolate, zero-width
  /// joiner, line separator, NUL.
  private static final String HOSTILE =
      "a\nb\rc\u001b[31md\u009be\u202ef\u2066g\u200dh\u2028i\u0000j";

  private static final String ESCAPED =
      "a\\nb\\rc\\u{1b}[31md\\u{9b}e\\u{202e}f\\u{2066}g\\u{200d}h\\u{2028}i\\u{0}j";

  private static List<ApplyEvent> events(Samples samples) {
    List<ApplyEvent> events = new ArrayList<>();
    events.add(new ApplyEvent.PlanStarted(samples.plan()));
    for (Step step : samples.steps()) {
      events.add(new ApplyEvent.Resuming(step));
      events.add(new ApplyEvent.StepStarted(step, 1, 9));
      events.add(new ApplyEvent.Noted(step, samples.text()));
      events.add(new ApplyEvent.Proved(step, samples.text()));
      for (Progress progress : samples.progress()) {
        events.add(new ApplyEvent.Progressed(step, progress));
      }
      events.add(new ApplyEvent.StepLeftOpen(step, samples.failure(), Duration.ofSeconds(70)));
      for (Outcome outcome :
          List.of(
              new Outcome.Done(),
              new Outcome.AlreadySo(),
              new Outcome.Failed(samples.text()),
              new Outcome.Abandoned())) {
        events.add(new ApplyEvent.StepEnded(step, outcome, Duration.ofMillis(1250)));
      }
    }
    for (Gate gate : samples.gates()) {
      events.add(new ApplyEvent.GateWaiting(gate, Samples.NOW));
      events.add(new ApplyEvent.GatePassed(gate));
    }
    events.add(new ApplyEvent.RunEnded(samples.ending()));
    return events;
  }

  /// Every piece of text there is, each of which must be one line.
  private static List<String> pieces(Samples samples) {
    return Stream.of(
            effects(samples),
            samples.steps().stream().map(TermsText::proofs),
            samples.reasons().stream().map(r -> ReasonText.of(r, Samples.NOW)),
            samples.gates().stream().map(GateText::of),
            events(samples).stream().flatMap(ReportTest::lines))
        .flatMap(s -> s)
        .toList();
  }

  private static Stream<String> lines(ApplyEvent event) {
    ApplyLines lines = new ApplyLines(ApplyLines.Pace.PLAIN);
    return Stream.of(
            lines.on(event, Samples.NOW).stream(),
            lines.tick(Samples.NOW.plusSeconds(60)).stream(),
            LiveTable.frame(lines, new LiveTable.Size(300, 50), Samples.NOW, false).stream()
                .filter(l -> !l.isEmpty()))
        .flatMap(s -> s);
  }

  private static Stream<String> effects(Samples samples) {
    Effects effects = new Effects(samples.plan());
    return samples.steps().stream()
        .map(effects::of)
        .flatMap(e ->
            Stream.concat(
                Stream.of(e.line()), e.rows().stream().map(r -> String.join(" ", r.cells()))));
  }

  @Test
  void samplesHaveEveryKind() {
    assertThat(kinds(Samples.NORMAL.actions())).isEqualTo(permitted(Action.class));
    assertThat(kinds(Samples.NORMAL.reasons())).isEqualTo(permitted(Reason.class));
    assertThat(kinds(Samples.NORMAL.gates())).isEqualTo(permitted(Gate.class));
    assertThat(kinds(events(Samples.NORMAL))).isEqualTo(permitted(ApplyEvent.class));
    assertThat(kinds(Samples.NORMAL.progress())).isEqualTo(permitted(Progress.class));
  }

  private static Set<Class<?>> kinds(List<?> samples) {
    return samples.stream().map(Object::getClass).collect(Collectors.toSet());
  }

  private static Set<Class<?>> permitted(Class<?> family) {
    return Set.copyOf(Arrays.asList(family.getPermittedSubclasses()));
  }

  @Test
  void everyKindHasWordsWithoutNullOrOptional() {
    assertThat(pieces(Samples.NORMAL))
        .allSatisfy(p -> assertThat(p).isNotBlank().doesNotContain("null", "Optional", "[]"));
    assertThat(PlanText.of(Samples.NORMAL.plan())).doesNotContain("null", "Optional", "%");
  }

  @Test
  void hostileNamesAreEscapedInEveryPiece() {
    Samples hostile = new Samples(HOSTILE);
    assertThat(pieces(hostile)).allSatisfy(ReportTest::isPlain);
    assertThat(GateText.of(hostile.gates().get(2))).contains("CN=" + ESCAPED + ",O=Temporal");
    assertThat(ReasonText.of(new Reason.WrongIssuer(HOSTILE, "x"), Samples.NOW)).contains(ESCAPED);
    assertThat(effects(hostile).toList().getFirst()).contains("CN=" + ESCAPED);
  }

  @Test
  void hostileNamesForgeNoLineOfAPlan() {
    String text = PlanText.of(new Samples(HOSTILE).plan());
    assertThat(text.split("\n", -1)).allSatisfy(ReportTest::isPlain);
    String empty = PlanText.of(new Samples(HOSTILE).plan(List.of(), List.of()));
    assertThat(empty.split("\n", -1)).allSatisfy(ReportTest::isPlain);
    assertThat((text + empty).lines())
        .allMatch(l ->
            l.matches(
                "( .*|newleaf 0|as of |Looked at |This plan |Rotation |Plan: |None of |Next due: "
                    + "|Note: |Digest |Once that ).*|"));
  }

  private static void isPlain(String line) {
    assertThat(line.codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.LINE_SEPARATOR);
  }

  @Test
  void percentSignsInNamesAreNoFormat() {
    assertThat(PlanText.of(new Samples("100%s %n").plan())).contains("100%s %n.yaml");
  }

  @Test
  void planFitsIntoAHundredColumns() {
    for (String name : List.of("x", "temporal-booking", "payments-worker.eu-central.prod.a1b2c")) {
      assertThat(PlanText.of(new Samples(name).plan()).lines())
          .allSatisfy(l -> assertThat(l.length()).as(l).isLessThanOrEqualTo(100));
    }
  }

  @Test
  void longLineGoesOnBelowItselfAndTheCommandStaysWhole() {
    assertThat(PlanText.of(Samples.NORMAL.plan()))
        .contains(
            """
              --  gate retire/ca/booking-g1
                    remove CN=temporal-booking,O=Temporal for good?
                    opens with: newleaf apply -f temporal-booking.yaml --approve retire/ca/booking-g1
            """)
        .contains(
            """
                     why    the one there ends 2026-11-24 (9s), due since 2026-11-24 (renewBefore 60d,
                            examples/ca-rollover.yaml:14:18)
            """);
  }

  @Test
  void nameLongerThanALineIsNotCut() {
    String endless = "x".repeat(63) + "." + "y".repeat(63) + "." + "z".repeat(63);
    Reason reason = new Reason.LeafFilteredOut(endless);
    Step step = Samples.step("s1", "r", Samples.NORMAL.actions().getFirst(), reason);
    assertThat(PlanText.of(Samples.NORMAL.plan(List.of(step), List.of()))).contains(endless);
  }
}
