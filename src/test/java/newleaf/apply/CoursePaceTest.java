package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.apply.Pace.OnFailure;
import newleaf.cert.CaProfile;
import newleaf.desired.DesiredYaml;
import newleaf.journal.Journal;
import newleaf.observed.CaRef;
import newleaf.plan.Action;
import newleaf.plan.CaGeneration;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import newleaf.plan.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long a fleet takes and in which order it goes, on virtual time.
class CoursePaceTest {
  private static final Duration OPERATION = Duration.ofSeconds(2);
  private static final Duration PROOF = Duration.ofMillis(1200);

  private final FakeTime time = new FakeTime(Scenario.NOW);
  private final List<String> begun = new ArrayList<>();
  private final Map<String, Duration> at = new HashMap<>();
  private final Map<String, Duration> over = new HashMap<>();
  private final Set<String> operating = new HashSet<>();
  private int mostOperating;

  private static Scenario fleet(int namespaces) {
    StringBuilder yaml =
        new StringBuilder(
            """
            newleaf: 1
            account: sdvdw
            cloud: {address: "localhost:1", apiKey: {env: KEY}}
            cas:
              pay: {subject: {commonName: Pay CA, organization: Acme}, key: ec-p256, validity: 365d,
                    renewBefore: 60d, keys: {directory: keys, passphrase: {env: P}}}
            namespaces:
            """);
    for (int i = 0; i < namespaces; i++) {
      yaml.append("  n%d.sdvdw: {cas: [pay]}%n".formatted(i));
    }
    return new Past(
            DesiredYaml.read("fleet.yaml", yaml.toString().getBytes(StandardCharsets.UTF_8)))
        .nothing()
        .now();
  }

  /// The same steps, but some take longer by the estimate.
  private static Plan estimated(Plan plan, Map<String, Duration> estimates) {
    return with(plan, plan.steps().stream().map(s -> estimated(s, estimates)).toList());
  }

  private static Plan with(Plan plan, List<Step> steps) {
    return new Plan(
        plan.formatVersion(),
        plan.newleafVersion(),
        plan.digest(),
        plan.asOf(),
        plan.expiresAt(),
        plan.file(),
        plan.desiredDigest(),
        plan.journal(),
        plan.rollback(),
        plan.looked(),
        plan.applyable(),
        plan.summary(),
        plan.nextDue(),
        plan.rotations(),
        steps,
        plan.gates(),
        plan.blockers(),
        plan.upcoming(),
        plan.notices(),
        plan.namespaces(),
        plan.known(),
        plan.laterRemovals(),
        plan.evidence());
  }

  private static Step estimated(Step step, Map<String, Duration> estimates) {
    Terms terms = step.terms();
    return Step.of(
        step.id(),
        step.rotation(),
        step.action(),
        step.reason(),
        step.needs(),
        new Terms(
            terms.preconditions(),
            terms.proofs(),
            terms.undo(),
            estimates.getOrDefault(step.id(), terms.estimate())));
  }

  private Duration now() {
    return Duration.between(Scenario.NOW, time.instant());
  }

  /// An operation, if it is one, and then a proof.
  private void work(Step step, OperationSlot slot) {
    begun.add(step.id());
    at.put(step.id(), now());
    if (Course.isOperation(step)) {
      operation(step, slot);
      time.pause(PROOF);
    }
    over.put(step.id(), now());
  }

  private void operation(Step step, OperationSlot slot) {
    slot.take();
    operating.add(step.id());
    mostOperating = Math.max(mostOperating, operating.size());
    time.pause(OPERATION);
    operating.remove(step.id());
    slot.free();
  }

  private void run(Plan plan, Course.Work work) {
    run(plan, work, Pace.DEFAULT);
  }

  private void run(Plan plan, Course.Work work, Pace pace) {
    Applier.Options options =
        new Applier.Options("r", Duration.ofMinutes(1), Set.of(), "ann", pace);
    Journal journal =
        Journal.open(Jimfs.newFileSystem(Configuration.unix()).getPath("/state"), time);
    Gates gates = new Gates(journal, time, options);
    var wiring = new Course.Wiring(new FakeHands(time), time, gates, work, _ -> {});
    Applier.Result result = new Course(plan, wiring, options, List.of()).run();
    assertThat(result.done()).isEqualTo(plan.steps().size());
  }

  private static List<String> ids(Plan plan) {
    return plan.steps().stream().map(Step::id).toList();
  }

  @Test
  void longestChainIsBegunFirstAndEqualOnesInTheOrderOfThePlan() {
    Plan plan =
        estimated(
            fleet(14).plan(), Map.of("s9", Duration.ofMinutes(5), "s15", Duration.ofMinutes(2)));
    run(plan, this::work);
    List<String> expected = new ArrayList<>(ids(plan));
    expected.removeAll(List.of("s9", "s15"));
    expected.addAll(1, List.of("s9", "s15"));
    assertThat(begun).isEqualTo(expected);
  }

  @Test
  void whatHasALongChainBehindItGoesBeforeWhatTakesLongItself() {
    Plan plan = fleet(30).plan();
    List<Step> steps = new ArrayList<>(plan.steps());
    Step last = steps.removeLast();
    List<String> needs = List.of("s30");
    steps.add(Step.of(last.id(), "pay", last.action(), last.reason(), needs, last.terms()));
    assertThat(
            CriticalPath.order(estimated(with(plan, steps), Map.of("s3", Duration.ofSeconds(70)))))
        .extracting(Step::id)
        .startsWith("s1", "s30", "s3", "s2", "s4");
  }

  @Test
  void eleventhOperationWaitsUntilTheFirstHasEnded() {
    run(fleet(11).plan(), this::work);
    assertThat(mostOperating).isEqualTo(Pace.OPERATIONS);
    assertThat(at.get("s11")).isEqualTo(Duration.ZERO);
    assertThat(at.get("s12")).isEqualTo(OPERATION);
  }

  /// When the proofs take longest, they fill all places that there are for steps.
  @Test
  void stepsThatChangeNoNamespaceGetTheirTurnWhileManyOthersProve() {
    Plan plan = fleet(100).plan();
    List<Step> steps = new ArrayList<>(plan.steps());
    steps.add(otherCa("late", plan, "s2"));
    run(
        estimated(with(plan, steps), Map.of("late", Duration.ofHours(1))),
        (step, slot) -> {
          work(step, slot);
          time.pause(Duration.ofMinutes(Course.isOperation(step) ? 1 : 0));
        });
    assertThat(at.get("late")).isLessThan(Duration.ofMinutes(2));
    assertThat(at.get("s101")).isGreaterThan(Duration.ofMinutes(4));
  }

  /// Issues a CA of that name as the first step of the plan issues its own.
  private static Step otherCa(String name, Plan plan, String need) {
    Step issue = plan.steps().getFirst();
    CaProfile profile = ((Action.IssueCa) issue.action()).profile();
    var ca = new CaGeneration(new CaRef(name, "keys"), 1);
    var action = new Action.IssueCa(ca, profile, Optional.empty());
    return Step.of(name, name, action, issue.reason(), List.of(need), issue.terms());
  }

  /// Each of them waits for nobody, so they could all be begun before the first namespace.
  @Test
  void operationIsBegunBeforeStepsWithLongerChains() {
    Plan plan = fleet(30).plan();
    List<Step> steps = new ArrayList<>(plan.steps());
    Map<String, Duration> estimates = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      String id = "other" + i;
      steps.add(otherCa(id, plan, "s1"));
      estimates.put(id, Duration.ofHours(1));
    }
    run(estimated(with(plan, steps), estimates), this::work);
    assertThat(begun.subList(1, 11)).allMatch(id -> id.startsWith("s"));
    assertThat(begun.subList(11, 21)).allMatch(id -> id.startsWith("other"));
  }

  @Test
  void stepThatProvesHoldsNoOperationBack() {
    run(fleet(11).plan(), this::work);
    assertThat(over.get("s2")).isEqualTo(OPERATION.plus(PROOF)).isGreaterThan(at.get("s12"));
  }

  /// It begins while ten others are in flight; the one after them begins when it has ended.
  @Test
  void operationThatPutsBackIsNotHeldUpAndKeepsANewOneWaiting() {
    run(
        fleet(30).plan(),
        (step, slot) -> {
          work(step, slot);
          if (step.id().equals("s2")) {
            operation(step, slot);
          }
        });
    assertThat(mostOperating).isEqualTo(Pace.OPERATIONS + 1);
    assertThat(at.get("s30")).isEqualTo(OPERATION.multipliedBy(2));
    assertThat(at.get("s31")).isEqualTo(OPERATION.multipliedBy(2).plus(PROOF));
  }

  @Test
  void orderIsTheSameEachTime() {
    run(fleet(40).plan(), this::work);
    List<String> first = List.copyOf(begun);
    begun.clear();
    run(fleet(40).plan(), this::work);
    assertThat(begun).isEqualTo(first).isEqualTo(ids(fleet(40).plan()));
  }

  /// Time stands still for whoever asks again and again.
  @Test
  @Timeout(60)
  void gateThatOpensWhileAsManyStepsRunAsMayIsWaitedForWithoutAsking() {
    run(
        CourseTest.plan(4),
        (step, _) -> {
          begun.add(step.id());
          time.pause(Duration.ofSeconds(5));
        },
        new Pace(1, OnFailure.STOP));
    assertThat(begun).doesNotHaveDuplicates();
  }

  /// `ceil(N/10) x latency`, and what the last step proves.
  @Test
  void trustPhaseTakesAsLongAsItsOperations() {
    run(fleet(200).plan(), this::work);
    assertThat(now()).isEqualTo(OPERATION.multipliedBy(20).plus(PROOF));
  }

  /// All of it but the network: journal, reads, probes, on a service that ends an operation after
  /// two seconds and is asked every half second.
  @Test
  void trustPhaseOfAWholeApplyIsWithinFifteenPercentOfItsBound() {
    Scenario scenario = fleet(100);
    FakeTime clock = scenario.world().time;
    scenario.world().cloud.latency = OPERATION;
    Plan plan = scenario.plan();
    Applier applier = applier(scenario, new FakeHands(clock), "r");
    Instant start = clock.instant();
    assertThat(applier.apply(plan).done()).isEqualTo(101);
    Duration bound = OPERATION.multipliedBy(10);
    assertThat(Duration.between(start, clock.instant()))
        .isBetween(bound, bound.multipliedBy(115).dividedBy(100));
    assertThat(scenario.world().cloud.mostOperating).isEqualTo(Pace.OPERATIONS);
  }

  /// Ten operations were in flight when the run before lost its connection.
  @Test
  void whatAnEarlierRunLeftIsLookedAfterTogether() {
    Scenario scenario = fleet(10);
    FakeTime clock = scenario.world().time;
    FakeHands hands = new FakeHands(clock);
    Plan plan = scenario.plan();
    plan.steps().forEach(_ -> scenario.world().cloud.faults.add(FakeCloud.Fault.LOST_AFTER));
    assertThat(applier(scenario, hands, "one").apply(plan).failures()).hasSize(10);
    scenario.world().cloud.faults.clear();
    Instant start = clock.instant();
    assertThat(applier(scenario, hands, "two").resume()).isEmpty();
    assertThat(scenario.journal().unfinished()).isEmpty();
    assertThat(Duration.between(start, clock.instant()))
        .isBetween(FakeCloud.LATENCY, FakeCloud.LATENCY.plus(PROOF));
    assertThat(scenario.plan().steps()).isEmpty();
  }

  private static Applier applier(Scenario scenario, Crew crew, String run) {
    Pace pace = new Pace(20, OnFailure.CONTINUE_INDEPENDENT);
    return new Applier(
        scenario.world().ports(),
        crew,
        scenario.journal(),
        new Applier.Options(run, Duration.ZERO, Set.of(), "ann", pace),
        _ -> {});
  }
}
