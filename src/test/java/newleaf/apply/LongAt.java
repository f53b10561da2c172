package newleaf.apply;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;

/// Suggests to go on in a new run as soon as a history has so many events. A real server does when
/// it has thousands, the one in memory never does.
record LongAt(long events) implements ClientInterceptor {

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onMessage(A answer) {
                super.onMessage(suggesting(method, answer));
              }
            },
            headers);
      }
    };
  }

  private <A> A suggesting(MethodDescriptor<?, A> method, A answer) {
    return switch (answer) {
      case PollWorkflowTaskQueueResponse task ->
          method.parseResponse(
              task.toBuilder()
                  .setHistory(suggesting(task.getHistory()))
                  .build()
                  .toByteString()
                  .newInput());
      case GetWorkflowExecutionHistoryResponse page ->
          method.parseResponse(
              page.toBuilder()
                  .setHistory(suggesting(page.getHistory()))
                  .build()
                  .toByteString()
                  .newInput());
      default -> answer;
    };
  }

  private History suggesting(History history) {
    History.Builder changed = history.toBuilder();
    for (HistoryEvent.Builder event : changed.getEventsBuilderList()) {
      if (event.hasWorkflowTaskStartedEventAttributes() && event.getEventId() > events) {
        event.getWorkflowTaskStartedEventAttributesBuilder().setSuggestContinueAsNew(true);
      }
    }
    return changed.build();
  }
}
