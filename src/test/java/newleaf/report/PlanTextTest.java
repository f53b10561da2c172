package newleaf.report;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.json.Json;
import newleaf.plan.Action;
import newleaf.plan.Due;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Reason;
import newleaf.plan.Step;
import org.junit.jupiter.api.Test;

/// What a person reads every day.
class PlanTextTest {
  private static final Plan FLEET = new Fleet(30, true, "CN=Acme Root").plan();
  private static final PlanText.Options COLOURED =
      new PlanText.Options(true, Optional.of(Duration.ofDays(90)));

  private static PlanText.Options horizon(int days) {
    return new PlanText.Options(false, Optional.of(Duration.ofDays(days)));
  }

  @Test
  void coloursOnlyDecorate() {
    for (Plan plan : List.of(FLEET, Samples.NORMAL.plan(), new Samples("\u001b[31mx").plan())) {
      String coloured = PlanText.of(plan, COLOURED);
      assertThat(coloured).contains("\u001b[32m", "\u001b[0m");
      assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
          .isEqualTo(PlanText.of(plan, horizon(90)));
    }
    assertThat(PlanText.of(FLEET)).doesNotContain("\u001b");
  }

  @Test
  void moreThanTwentyAlikeAreToldOnce() {
    String text = PlanText.of(FLEET);
    assertThat(text)
        .contains("s2    ~ trust    30 namespaces")
        .contains("same change on 30 namespaces, s2-s31:")
        .contains("after s1, takes 40s each")
        .contains("s32  apps/w001-tls  CN=ns001  replaces 5db8126b until 2026-12-14 (20d)")
        .contains("each after its own of s32-s61, takes 2m each");
    for (int i = 1; i <= 30; i++) {
      assertThat(text).contains("ns%03d.sdvdw".formatted(i), "apps/w%03d ".formatted(i).strip());
    }
    assertThat(text.lines()).hasSizeLessThan(110).allMatch(l -> l.length() <= 100);
  }

  @Test
  void rollbackForWhichNothingHasToMoveSaysSoAndHowToApplyIt() throws IOException {
    Plan golden = Json.read(Files.readString(Path.of("plans/rollback.1.json")), Plan.class);
    Plan plan = golden.without(golden.steps().stream().map(Step::id).collect(toSet()));
    assertThat(PlanText.of(plan))
        .contains("\nRotation booking  CA G2 -> G1 (rollback)\n", "\n\nNote: ")
        .doesNotContain("\n\n\n")
        .contains("Nothing has to move. ", "--expect " + plan.digest())
        .doesNotContain("No changes", "can run now");
    assertThat(PlanMarkdown.of(plan, "x")).contains("**nothing has to move**");
  }

  @Test
  void twentyAlikeAreToldOneByOne() {
    assertThat(PlanText.of(new Fleet(20, false, "CN=Acme Root").plan()))
        .doesNotContain("same change")
        .contains("s21  ~ trust    namespace/ns020.sdvdw");
  }

  @Test
  void namespacesWithOtherBundlesAreNotToldTogether() {
    assertThat(PlanText.of(new Fleet(30, false, "CN=Acme %s").plan()))
        .doesNotContain("same change")
        .contains("foreign CA   CN=Acme ns030.sdvdw");
  }

  @Test
  void bundleShowsWhatStaysAndWhatComes() {
    assertThat(PlanText.of(FLEET))
        .contains(
            """
            trust bundle 2 -> 3 CAs (1.6 of 32 KB now)
                          ca/fleet-g1  CN=Fleet CA G1,O=Temporal  1f3d5b79           until 2027-01-03 (40d)
                          foreign CA   CN=Acme Root               %s           until 2028-10-24 (700d)
                        + ca/fleet-g2  CN=Fleet CA G2,O=Temporal  known after issue
            """
                .formatted(FLEET.known().get(1).certificate().fingerprint().shortText()));
  }

  @Test
  void longSubjectGoesBelowItsRow() {
    String subject = "CN=" + "a very long name ".repeat(6) + "end";
    assertThat(PlanText.of(new Fleet(1, false, subject).plan()).lines())
        .contains("              name a very long name end")
        .allMatch(l -> l.length() <= 100);
  }

  @Test
  void horizonListsRenewalsAndEndsAlsoOfForeignCas() {
    assertThat(PlanText.of(new Fleet(1, true, "CN=Acme Root").plan(), horizon(800)))
        .contains(
            """
            Coming up until 2029-02-01 (800d):
              2026-12-14  20d   ends  secret/apps/w001-tls
              2027-01-03  40d   ends  ca/fleet-g1
              2028-10-24  700d  ends  foreign-ca/\
            """);
    assertThat(PlanText.of(FLEET, horizon(1))).contains("Nothing comes up until 2026-11-25 (1d).");
    assertThat(PlanText.of(FLEET)).doesNotContain("omes up", "Coming up");
  }

  @Test
  void everyPlanSaysWhatIsNext() {
    for (Due.What what : Due.What.values()) {
      assertThat(next(what)).startsWith("Next due: ca/x-g1").endsWith(".");
    }
    assertThat(next(Due.What.STEP)).isEqualTo("Next due: ca/x-g1, now.");
    assertThat(next(Due.What.SOAK)).contains("is over 2026-11-27T00:00:00Z (3d)");
    assertThat(next(Due.What.RENEWAL)).contains("renewal opens 2026-11-27 (3d)");
    assertThat(next(Due.What.EXPIRY)).contains("ends 2026-11-27 (3d)");
    Plan nothing = Plans.empty(Optional.empty());
    assertThat(PlanText.of(nothing)).contains("Next due: nothing that newleaf knows of.");
  }

  private static String next(Due.What what) {
    Due due = new Due("ca/x-g1", what, Samples.NOW.plus(Duration.ofDays(3)));
    return PlanText.of(Plans.empty(Optional.of(due)))
        .lines()
        .filter(l -> l.startsWith("Next due"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void emptyPlanSaysNoChangesAndNoCommand() {
    assertThat(PlanText.of(Plans.empty(Optional.empty())))
        .contains("\nNo changes. Everything is as f.yaml asks for.\n")
        .doesNotContain("newleaf apply", "newleaf plan -f", "Digest");
  }

  @Test
  void blockedPlanNeverSaysNoChangesNorHowToApply() {
    Plan blocked = Samples.NORMAL.plan(List.of(), List.of());
    assertThat(PlanText.of(blocked))
        .contains("This plan can not be applied as things are:\n  NL5002 namespace/")
        .contains("Once that is settled: newleaf plan -f temporal-booking.yaml")
        .doesNotContain("No changes", "newleaf apply");
    assertThat(PlanText.of(Samples.NORMAL.plan())).contains("None of 10 steps can run before");
  }

  @Test
  void commandIsTheOneThatHelps() {
    Gate soak = soak(Optional.empty());
    Gate running = soak(Optional.of(Samples.NOW));
    Gate approval = new Gate.Approval("retire/ca/x-g1", List.of(), List.of("s1"), "sure?", false);
    Gate clients =
        new Gate.Acknowledgement("clients/ca/x-g1", List.of(), List.of("s1"), List.of("cron"));
    String digest = "--expect sha256:" + "5c".repeat(32);
    assertThat(command())
        .isEqualTo("Until 2026-11-25T00:00:00Z: newleaf apply -f f.yaml " + digest);
    assertThat(command(soak, approval))
        .isEqualTo("To say yes: newleaf apply -f f.yaml --approve retire/ca/x-g1");
    assertThat(command(soak, clients))
        .isEqualTo("Once they are acknowledged: newleaf plan -f f.yaml ");
    assertThat(command(running))
        .isEqualTo(
            "From 2026-11-24T00:10:00Z until 2026-11-25T00:00:00Z: newleaf apply -f f.yaml "
                + digest);
  }

  private static Gate soak(Optional<java.time.Instant> since) {
    return new Gate.Soak("soak/ca/x-g1", List.of(), List.of("s1"), Duration.ofMinutes(10), since);
  }

  private static String command(Gate... gates) {
    Action action = Samples.NORMAL.actions().getFirst();
    Step step = Samples.step("s1", "x", action, new Reason.Missing());
    Due soakEnds = new Due("soak/ca/x-g1", Due.What.SOAK, Samples.NOW.plus(Duration.ofMinutes(10)));
    Plan plan = Plans.of(List.of(step), List.of(gates), Optional.of(soakEnds));
    NextCommand next = NextCommand.of(plan).orElseThrow();
    return next.lead() + ": " + next.command() + " " + next.options();
  }

  @Test
  void fileNameIsQuotedForTheShell() {
    assertThat(Words.shell("a/b.yaml")).isEqualTo("a/b.yaml");
    assertThat(Words.shell("my plan.yaml; rm -rf ~")).isEqualTo("'my plan.yaml; rm -rf ~'");
    assertThat(Words.shell("it's")).isEqualTo("'it'\\''s'");
    assertThat(Words.shell("")).isEqualTo("''");
  }

  @Test
  void runsOfStepsAreShortened() {
    assertThat(Words.steps(List.of())).isEmpty();
    assertThat(Words.steps(List.of("s1", "s3", "s4", "s6", "s7", "s8", "s10")))
        .isEqualTo("s1, s3, s4, s6-s8, s10");
  }
}
