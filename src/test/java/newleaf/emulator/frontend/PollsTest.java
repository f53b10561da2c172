package newleaf.emulator.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedResponse;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskFailedResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollsTest {
  private static final WorkflowExecution SOME =
      WorkflowExecution.newBuilder().setWorkflowId("w").build();
  private static final ByteString TOKEN = ByteString.copyFromUtf8("token");

  private final List<ByteString> handedBack = new ArrayList<>();
  private final Polls polls = new Polls("ns.acct", new OneTask(SOME));

  @Test
  void taskForAPollerThatHasGoneIsHandedBack() {
    polls.workflowTask(PollWorkflowTaskQueueRequest.getDefaultInstance(), new Caller<>(true));
    polls.activityTask(PollActivityTaskQueueRequest.getDefaultInstance(), new Caller<>(true));
    assertThat(handedBack).containsExactly(TOKEN, TOKEN);
  }

  @Test
  void taskForAPollerThatIsThereIsDelivered() {
    Caller<PollWorkflowTaskQueueResponse> there = new Caller<>(false);
    polls.workflowTask(PollWorkflowTaskQueueRequest.getDefaultInstance(), there);
    assertThat(there.received).hasSize(1);
    assertThat(handedBack).isEmpty();
  }

  @Test
  void emptyAnswerIsNoTaskToHandBack() {
    Polls none = new Polls("ns.acct", new OneTask(WorkflowExecution.getDefaultInstance()));
    none.workflowTask(PollWorkflowTaskQueueRequest.getDefaultInstance(), new Caller<>(true));
    assertThat(handedBack).isEmpty();
  }

  /// Answers each poll at once with this workflow's task.
  private final class OneTask extends WorkflowServiceImplBase {
    private final WorkflowExecution execution;

    OneTask(WorkflowExecution execution) {
      this.execution = execution;
    }

    @Override
    public void pollWorkflowTaskQueue(
        PollWorkflowTaskQueueRequest request,
        StreamObserver<PollWorkflowTaskQueueResponse> observer) {
      observer.onNext(
          PollWorkflowTaskQueueResponse.newBuilder()
              .setWorkflowExecution(execution)
              .setTaskToken(TOKEN)
              .build());
      observer.onCompleted();
    }

    @Override
    public void pollActivityTaskQueue(
        PollActivityTaskQueueRequest request,
        StreamObserver<PollActivityTaskQueueResponse> observer) {
      observer.onNext(
          PollActivityTaskQueueResponse.newBuilder()
              .setWorkflowExecution(execution)
              .setTaskToken(TOKEN)
              .build());
      observer.onCompleted();
    }

    @Override
    public void respondWorkflowTaskFailed(
        RespondWorkflowTaskFailedRequest request,
        StreamObserver<RespondWorkflowTaskFailedResponse> observer) {
      handedBack.add(request.getTaskToken());
    }

    @Override
    public void respondActivityTaskFailed(
        RespondActivityTaskFailedRequest request,
        StreamObserver<RespondActivityTaskFailedResponse> observer) {
      handedBack.add(request.getTaskToken());
    }
  }

  /// The server's side of a call.
  private static final class Caller<T> extends ServerCallStreamObserver<T> {
    private final boolean gone;
    private final List<T> received = new ArrayList<>();

    Caller(boolean gone) {
      this.gone = gone;
    }

    @Override
    public boolean isCancelled() {
      return gone;
    }

    @Override
    public void onNext(T value) {
      if (gone) {
        throw new IllegalStateException("call already cancelled"); // as gRPC does
      }
      received.add(value);
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
  }
}
