package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import newleaf.json.Json;
import newleaf.observed.Observed;
import newleaf.plan.Plan;
import newleaf.report.PlanMarkdown;
import newleaf.report.PlanText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `examples/NAME.yaml` and `state/NAME.1.json` give `plans/NAME.1.txt`, `.json` and `.md`;
/// applying that gives `state/NAME.2.json`, and so on until nothing is due.
class GoldenPlansTest {
  private static final Path STATES = Path.of("state");
  private static final Path PLANS = Path.of("plans");
  private static final int COLUMNS = 100;

  /// `mvn -q test -Dtest=GoldenPlansTest -Dnewleaf.regolden` writes them anew instead.
  private static final boolean REGOLDEN = System.getProperty("newleaf.regolden") != null;

  static List<String> scenarios() {
    return List.copyOf(Scenarios.all().keySet());
  }

  /// `ca-rollover.1`, `ca-rollover.2` ...
  static List<String> stages() throws IOException {
    try (Stream<Path> files = Files.list(STATES)) {
      return files
          .map(f -> f.getFileName().toString().replaceAll("\\.json$", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void applyingEachPlanLeadsToTheNextStateUntilNothingIsDue(String name) throws IOException {
    Scenario scenario = Scenario.of(name);
    int stage = 0;
    while (true) {
      stage++;
      Roles roles = new Roles(scenario.world().roles());
      Observed observed = roles.of(scenario.observe());
      Plan plan = scenario.plan();
      Plan told = scenario.plan(observed);
      golden(STATES.resolve(name + "." + stage + ".json"), Json.pretty(observed));
      golden(PLANS.resolve(name + "." + stage + ".txt"), PlanText.of(told));
      golden(PLANS.resolve(name + "." + stage + ".json"), Json.pretty(told));
      golden(PLANS.resolve(name + "." + stage + ".md"), PlanMarkdown.of(told, name));
      if (Chain.ends(plan)) {
        assertThat(Chain.end(plan)).isEqualTo(Scenarios.all().get(name).end());
        break;
      }
      apply(scenario, plan, stage);
    }
    assertThat(STATES.resolve(name + "." + (stage + 1) + ".json")).doesNotExist();
    assertThat(scenario.world().refusedNow()).isEmpty();
    if (!Scenarios.all().get(name).down()) {
      assertThat(scenario.world().refusedInUse).isEmpty();
      assertThat(scenario.world().cluster.deployments.values())
          .allMatch(d -> d.rejectedHandshakes == 0);
    }
  }

  private static void apply(Scenario scenario, Plan plan, int stage) {
    Chain.gateOpens(plan).ifPresent(scenario.world().time::advanceTo);
    new Applier(
            scenario.world().ports(),
            scenario.journal(),
            Scenario.options("run" + stage, Duration.ZERO, Chain.approvals(plan)),
            _ -> {})
        .apply(plan);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void planFollowsFromExampleAndStateAlone(String stage) throws IOException {
    assumeThat(REGOLDEN).isFalse();
    Observed observed = Json.read(read(STATES.resolve(stage + ".json")), Observed.class);
    Plan plan = planned(stage, observed);
    assertThat(PlanText.of(plan)).isEqualTo(read(PLANS.resolve(stage + ".txt")));
    assertThat(Json.pretty(plan)).isEqualTo(read(PLANS.resolve(stage + ".json")));
    assertThat(PlanMarkdown.of(plan, stage.replaceAll("\\.[0-9]+$", "")))
        .isEqualTo(read(PLANS.resolve(stage + ".md")));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void planAndStateAreTheSameAfterJson(String stage) throws IOException {
    assumeThat(REGOLDEN).isFalse();
    Plan plan = Json.read(read(PLANS.resolve(stage + ".json")), Plan.class);
    assertThat(Json.read(Json.pretty(plan), Plan.class)).isEqualTo(plan);
    assertThat(Json.pretty(plan)).isEqualTo(read(PLANS.resolve(stage + ".json")));
    Observed observed = Json.read(read(STATES.resolve(stage + ".json")), Observed.class);
    assertThat(Json.read(Json.pretty(observed), Observed.class)).isEqualTo(observed);
    assertThat(Json.pretty(observed)).isEqualTo(read(STATES.resolve(stage + ".json")));
    assertThat(planned(stage, observed)).isEqualTo(plan);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void planFitsATerminal(String stage) throws IOException {
    assumeThat(REGOLDEN).isFalse();
    assertThat(read(PLANS.resolve(stage + ".txt")).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS))
        .allSatisfy(line -> assertThat(line).matches("[ -~]*"));
  }

  @Test
  void everyFileBelongsToAScenario() throws IOException {
    assumeThat(REGOLDEN).isFalse();
    List<String> expected = new ArrayList<>();
    for (String stage : stages()) {
      assertThat(scenarios()).contains(stage.replaceAll("\\.[0-9]+$", ""));
      expected.add(stage + ".json");
      expected.add(stage + ".md");
      expected.add(stage + ".txt");
    }
    try (Stream<Path> plans = Files.list(PLANS)) {
      assertThat(plans.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void noFileHoldsAPrivateKey() throws IOException {
    for (Path folder : List.of(STATES, PLANS)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          assertThat(read(file)).doesNotContain("PRIVATE KEY");
        }
      }
    }
  }

  private static Plan planned(String stage, Observed observed) {
    return Scenario.of(stage.replaceAll("\\.[0-9]+$", "")).plan(observed);
  }

  private static void golden(Path file, String text) throws IOException {
    if (REGOLDEN) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    }
    assertThat(text).as("%s (-Dnewleaf.regolden writes it anew)", file).isEqualTo(read(file));
  }

  private static String read(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
