package newleaf.emulator.frontend;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.temporal.api.enums.v1.NamespaceState;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.replication.v1.ClusterReplicationConfig;
import io.temporal.api.replication.v1.NamespaceReplicationConfig;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.api.workflowservice.v1.GetClusterInfoRequest;
import io.temporal.api.workflowservice.v1.GetClusterInfoResponse;
import io.temporal.api.workflowservice.v1.ListClosedWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListClosedWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The calls that Temporal's test server does not answer, or answers too thinly for a real client.
final class OwnCalls extends WorkflowServiceImplBase {
  /// The methods below, by their gRPC names.
  static final Set<String> NAMES =
      Set.of(
          "ListWorkflowExecutions",
          "CountWorkflowExecutions",
          "DescribeTaskQueue",
          "DescribeNamespace",
          "GetClusterInfo",
          "PollWorkflowTaskQueue",
          "PollActivityTaskQueue");

  private static final String CLUSTER = "emulator";

  private final String namespace;
  private final WorkflowServiceImplBase testServer;
  private final Pollers pollers;

  OwnCalls(String namespace, WorkflowServiceImplBase testServer, Pollers pollers) {
    this.namespace = namespace;
    this.testServer = testServer;
    this.pollers = pollers;
  }

  @Override
  public void pollWorkflowTaskQueue(
      PollWorkflowTaskQueueRequest request,
      StreamObserver<PollWorkflowTaskQueueResponse> observer) {
    new Polls(namespace, testServer).workflowTask(request, observer);
  }

  @Override
  public void pollActivityTaskQueue(
      PollActivityTaskQueueRequest request,
      StreamObserver<PollActivityTaskQueueResponse> observer) {
    new Polls(namespace, testServer).activityTask(request, observer);
  }

  @Override
  public void listWorkflowExecutions(
      ListWorkflowExecutionsRequest request,
      StreamObserver<ListWorkflowExecutionsResponse> observer) {
    answer(
        observer,
        () ->
            ListWorkflowExecutionsResponse.newBuilder()
                .addAllExecutions(executions(request.getQuery()))
                .build());
  }

  @Override
  public void countWorkflowExecutions(
      CountWorkflowExecutionsRequest request,
      StreamObserver<CountWorkflowExecutionsResponse> observer) {
    answer(
        observer,
        () ->
            CountWorkflowExecutionsResponse.newBuilder()
                .setCount(executions(request.getQuery()).size())
                .build());
  }

  @Override
  public void describeTaskQueue(
      DescribeTaskQueueRequest request, StreamObserver<DescribeTaskQueueResponse> observer) {
    TaskQueueType type =
        request.getTaskQueueType() == TaskQueueType.TASK_QUEUE_TYPE_UNSPECIFIED
            ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
            : request.getTaskQueueType();
    answer(
        observer,
        () ->
            DescribeTaskQueueResponse.newBuilder()
                .addAllPollers(pollers.of(request.getTaskQueue().getName(), type))
                .build());
  }

  @Override
  public void describeNamespace(
      DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> observer) {
    DescribeNamespaceResponse.Builder response = DescribeNamespaceResponse.newBuilder();
    response
        .getNamespaceInfoBuilder()
        .setName(namespace)
        .setId(namespace)
        .setState(NamespaceState.NAMESPACE_STATE_REGISTERED);
    response.getConfigBuilder().setWorkflowExecutionRetentionTtl(Durations.fromDays(30));
    response.setReplicationConfig(
        NamespaceReplicationConfig.newBuilder()
            .setActiveClusterName(CLUSTER)
            .addClusters(ClusterReplicationConfig.newBuilder().setClusterName(CLUSTER)));
    answer(observer, response::build);
  }

  @Override
  public void getClusterInfo(
      GetClusterInfoRequest request, StreamObserver<GetClusterInfoResponse> observer) {
    answer(
        observer,
        () ->
            GetClusterInfoResponse.newBuilder()
                .setClusterName(CLUSTER)
                .setClusterId(CLUSTER)
                .setServerVersion("newleaf-emulator")
                .setHistoryShardCount(1)
                .build());
  }

  private List<WorkflowExecutionInfo> executions(String query) {
    if (!query.isBlank()) {
      throw Status.INVALID_ARGUMENT
          .withDescription("the emulator lists all executions and takes no query")
          .asRuntimeException();
    }
    FirstAnswer<ListOpenWorkflowExecutionsResponse> open = new FirstAnswer<>();
    testServer.listOpenWorkflowExecutions(
        ListOpenWorkflowExecutionsRequest.newBuilder().setNamespace(namespace).build(), open);
    FirstAnswer<ListClosedWorkflowExecutionsResponse> closed = new FirstAnswer<>();
    testServer.listClosedWorkflowExecutions(
        ListClosedWorkflowExecutionsRequest.newBuilder().setNamespace(namespace).build(), closed);
    List<WorkflowExecutionInfo> all = new ArrayList<>(open.get().getExecutionsList());
    all.addAll(closed.get().getExecutionsList());
    all.sort(
        Comparator.comparing(WorkflowExecutionInfo::getStartTime, Timestamps.comparator())
            .reversed());
    return all;
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> response) {
    try {
      observer.onNext(response.get());
      observer.onCompleted();
    } catch (StatusRuntimeException refused) {
      observer.onError(refused);
    }
  }
}
