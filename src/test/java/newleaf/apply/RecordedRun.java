package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.Map;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.workflow.Fleet;
import newleaf.workflow.FleetWorkflow;
import newleaf.workflow.HomeActivities.Compare;
import newleaf.workflow.HomeActivities.Drift;
import newleaf.workflow.Rotation;
import newleaf.workflow.RotationWorkflow.Approval;

/// Runs whose histories are kept for later releases. Together they take every way through the
/// workflows that a command of those may have to replay.
enum RecordedRun {
  ROLLOVER {
    @Override
    Map<String, WorkflowExecutionHistory> in(TemporalServer temporal) {
      temporal.worker(Scenario.of("ca-rollover"));
      temporal.start();
      assertThat(rotation(temporal).result(TemporalServer.LONG)).contains(7L);
      return Map.of("fleet", temporal.history(temporal.fleet), "rotation", temporal.history(SHARE));
    }
  },

  /// The file was changed, and the plan of what it says now is given to the rotation under way.
  TWO_PLANS {
    @Override
    Map<String, WorkflowExecutionHistory> in(TemporalServer temporal) {
      Scenario scenario = Scenario.of("ca-rollover", "soak: 10m", "soak: 14d");
      SharedScenario runs = temporal.worker(scenario);
      consented(temporal);
      WorkflowExecutionHistory first = temporal.history(temporal.fleet);
      Rotation rotation = rotation(temporal);
      var _ = TemporalServer.await(rotation, s -> !s.holding().isEmpty());
      runs.scenario =
          new Scenario(
              Scenario.read("ca-rollover", "retire: after-verify", "retire: manual"),
              scenario.world(),
              scenario.state(),
              scenario.wish());
      temporal.start();
      var _ = TemporalServer.await(rotation, s -> s.holding().size() == 2);
      rotation.approve(new Approval("retire/ca/booking-g1", "ana", "CHG-4711"));
      assertThat(rotation.result(TemporalServer.LONG)).contains(7L);
      return Map.of(
          "fleet-consented",
          first,
          "fleet-of-a-second-plan",
          temporal.history(temporal.fleet),
          "rotation-by-two-plans",
          temporal.history(SHARE));
    }
  },

  DROPPED {
    @Override
    Map<String, WorkflowExecutionHistory> in(TemporalServer temporal) {
      temporal.worker(Scenario.of("ca-rollover"));
      assertThat(temporal.start(ASKING).result(TemporalServer.LONG).orElseThrow().agreed())
          .isFalse();
      return Map.of("fleet-dropped", temporal.history(temporal.fleet));
    }
  },

  FAILED {
    @Override
    Map<String, WorkflowExecutionHistory> in(TemporalServer temporal) {
      Scenario scenario = Scenario.of("ca-rollover");
      scenario.workers().broken = true;
      temporal.worker(scenario);
      temporal.start();
      assertThatThrownBy(() -> rotation(temporal).result(TemporalServer.LONG))
          .isInstanceOf(NewleafException.class);
      return Map.of("rotation-failed", temporal.history(SHARE));
    }
  },

  KILLED {
    @Override
    Map<String, WorkflowExecutionHistory> in(TemporalServer temporal) {
      SharedScenario runs = temporal.worker(Scenario.of("ca-rollover"));
      runs.wire = new Tripwire(77);
      temporal.start();
      assertThat(rotation(temporal).result(TemporalServer.LONG)).isPresent();
      assertThat(runs.said).anyMatch(line -> line.contains("was killed"));
      return Map.of("rotation-killed", temporal.history(SHARE));
    }
  },

  LONG {
    @Override
    TemporalServer server() {
      return new TemporalServer(new LongAt(40));
    }

    @Override
    Map<String, WorkflowExecutionHistory> in(TemporalServer temporal) {
      temporal.worker(Scenario.of("ca-rollover"));
      temporal.start();
      assertThat(rotation(temporal).result(TemporalServer.LONG)).contains(7L);
      WorkflowExecutionHistory last = temporal.history(SHARE);
      String before =
          last.getEvents()
              .getFirst()
              .getWorkflowExecutionStartedEventAttributes()
              .getContinuedExecutionRunId();
      return Map.of(
          "rotation-long-before", temporal.history(SHARE, before), "rotation-long-after", last);
    }
  },

  DRIFT {
    @Override
    Map<String, WorkflowExecutionHistory> in(TemporalServer temporal) {
      SharedScenario runs = temporal.worker(Scenario.of("ca-rollover"));
      look(temporal, "drift-none").getResult(Drift.class);
      runs.drift = new Drift(2, true, "2 changes from outside, 1 end that comes soon.");
      WorkflowStub drifted = look(temporal, "drift");
      assertThatThrownBy(() -> drifted.getResult(Drift.class))
          .isInstanceOf(WorkflowFailedException.class);
      return Map.of(
          "drift-none", temporal.history("drift-none"), "drift", temporal.history("drift"));
    }
  };

  private static final String SHARE = "ca/booking";
  private static final FleetWorkflow.Request ASKING =
      new FleetWorkflow.Request(Optional.empty(), true, Optional.empty());

  /// @return histories by what is told of them
  abstract Map<String, WorkflowExecutionHistory> in(TemporalServer temporal);

  /// One of its own each: after a workflow failed it skips no time any more.
  TemporalServer server() {
    return new TemporalServer();
  }

  private static Rotation rotation(TemporalServer temporal) {
    return temporal.engine.rotation(SHARE);
  }

  private static void consented(TemporalServer temporal) {
    Fleet fleet = temporal.start(ASKING);
    Optional<FleetWorkflow.Agenda> agenda = Optional.empty();
    while (agenda.isEmpty()) {
      agenda = fleet.agenda();
    }
    fleet.consent(agenda.get().digest());
    assertThat(fleet.result(TemporalServer.LONG).orElseThrow().agreed()).isTrue();
  }

  private static WorkflowStub look(TemporalServer temporal, String name) {
    WorkflowStub look =
        temporal
            .environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "DriftWorkflow",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(TemporalServer.id(name))
                    .setTaskQueue(TemporalServer.QUEUE)
                    .build());
    var _ = look.start(new Compare(Optional.empty()));
    return look;
  }
}
