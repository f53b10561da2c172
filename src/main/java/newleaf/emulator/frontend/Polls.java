package newleaf.emulator.frontend;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.util.function.Consumer;

/// Polls that lose no task. The test server loses one for ever when its poller goes away in the
/// very moment it is handed over; the Temporal server keeps a task until it was started. So the
/// test server never learns that a poller has gone, and what it hands to one is handed back.
record Polls(String namespace, WorkflowServiceImplBase testServer) {
  private static final String IDENTITY = "frontend";

  void workflowTask(
      PollWorkflowTaskQueueRequest request, StreamObserver<PollWorkflowTaskQueueResponse> poller) {
    Context.current()
        .fork()
        .run(() ->
            testServer.pollWorkflowTaskQueue(request, new Handover<>(poller, this::handBack)));
  }

  void activityTask(
      PollActivityTaskQueueRequest request, StreamObserver<PollActivityTaskQueueResponse> poller) {
    Context.current()
        .fork()
        .run(() ->
            testServer.pollActivityTaskQueue(request, new Handover<>(poller, this::handBack)));
  }

  private void handBack(PollWorkflowTaskQueueResponse task) {
    if (!task.getWorkflowExecution().equals(WorkflowExecution.getDefaultInstance())) {
      testServer.respondWorkflowTaskFailed(
          RespondWorkflowTaskFailedRequest.newBuilder()
              .setNamespace(namespace)
              .setTaskToken(task.getTaskToken())
              .setIdentity(IDENTITY)
              .setCause(
                  WorkflowTaskFailedCause
                      .WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE)
              .build(),
          new Unheard<>());
    }
  }

  private void handBack(PollActivityTaskQueueResponse task) {
    if (!task.getWorkflowExecution().equals(WorkflowExecution.getDefaultInstance())) {
      testServer.respondActivityTaskFailed(
          RespondActivityTaskFailedRequest.newBuilder()
              .setNamespace(namespace)
              .setTaskToken(task.getTaskToken())
              .setIdentity(IDENTITY)
              .setFailure(
                  Failure.newBuilder()
                      .setMessage("the poller has gone")
                      .setApplicationFailureInfo(ApplicationFailureInfo.getDefaultInstance()))
              .build(),
          new Unheard<>());
    }
  }

  /// Gives the task to the poller, or back when there is none any more.
  private record Handover<T>(StreamObserver<T> poller, Consumer<T> handBack)
      implements StreamObserver<T> {
    @Override
    public void onNext(T task) {
      if (gone()) {
        handBack.accept(task);
      } else {
        poller.onNext(task);
      }
    }

    @Override
    public void onError(Throwable error) {
      if (!gone()) {
        poller.onError(error);
      }
    }

    @Override
    public void onCompleted() {
      if (!gone()) {
        poller.onCompleted();
      }
    }

    private boolean gone() {
      return poller instanceof ServerCallStreamObserver<T> call && call.isCancelled();
    }
  }

  /// Nobody waits for the answer.
  private record Unheard<T>() implements StreamObserver<T> {
    @Override
    public void onNext(T value) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}
  }
}
