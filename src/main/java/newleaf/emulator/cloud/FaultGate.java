package newleaf.emulator.cloud;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Moment;
import newleaf.emulator.fault.Faults;
import newleaf.emulator.fault.Site;

/// Asks at every call whether a fault strikes it, and lets it.
final class FaultGate implements ServerInterceptor {
  /// The fault of the running call, for those parts of the account that it concerns.
  private static final Context.Key<Fault> STRUCK = Context.key("fault");

  private final Faults faults;
  private final Account account;
  private final Connections connections;

  FaultGate(Faults faults, Account account, Connections connections) {
    this.faults = faults;
    this.account = account;
    this.connections = connections;
  }

  static Optional<Fault> struck() {
    return Optional.ofNullable(STRUCK.get());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Answers<Q, A> answers = new Answers<>(call);
    return new Asked<>(answers, next.startCall(answers, headers));
  }

  /// What goes back to the caller.
  private static final class Answers<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private Optional<Runnable> instead = Optional.empty();

    Answers(ServerCall<Q, A> call) {
      super(call);
    }

    void instead(Runnable what) {
      instead = Optional.of(what);
    }

    ServerCall<Q, A> plain() {
      return delegate();
    }

    @Override
    public void sendHeaders(Metadata headers) {
      if (instead.isEmpty()) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public void sendMessage(A message) {
      if (instead.isEmpty()) {
        super.sendMessage(message);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      instead.ifPresentOrElse(Runnable::run, () -> super.close(status, trailers));
    }
  }

  /// One call, from its request on.
  private final class Asked<Q, A> extends SimpleForwardingServerCallListener<Q> {
    private final Answers<Q, A> answers;
    private Context context = Context.current();
    private boolean lost;

    Asked(Answers<Q, A> answers, ServerCall.Listener<Q> next) {
      super(next);
      this.answers = answers;
    }

    @Override
    public void onMessage(Q request) {
      String namespace = namespace(request);
      String method = answers.getMethodDescriptor().getBareMethodName();
      faults.strike(new Site(method, namespace)).ifPresent(fault -> prepare(fault, namespace));
      if (!lost) {
        super.onMessage(request);
      }
    }

    @Override
    public void onHalfClose() {
      if (!lost) { // else the service would complain of a call without a message
        context.run(super::onHalfClose);
      }
    }

    private void prepare(Fault fault, String namespace) {
      switch (fault) {
        case Fault.Reply reply -> reply(reply);
        case Fault.Edited _ -> account.touch(namespace);
        case Fault.Busy(Optional<Duration> ends) -> account.occupy(namespace, ends);
        case Fault.Cloud later -> context = context.withValue(STRUCK, later);
        case Fault.Cluster _ -> {}
      }
    }

    private void reply(Fault.Reply reply) {
      ServerCall<Q, A> call = answers.plain();
      switch (reply) {
        case Fault.Unavailable(Moment moment) ->
            at(moment, () -> call.close(unavailable(), new Metadata()));
        case Fault.Cut(Moment moment) -> at(moment, () -> connections.cut(call));
        case Fault.Exhausted(Optional<Duration> after) ->
            at(Moment.BEFORE_COMMIT, () -> exhausted(call, after));
        case Fault.Broken _ ->
            at(
                Moment.BEFORE_COMMIT,
                () -> call.close(Status.INTERNAL.withDescription("internal"), new Metadata()));
        case Fault.Late _ -> at(Moment.AFTER_COMMIT, () -> {});
      }
    }

    private void at(Moment moment, Runnable what) {
      switch (moment) {
        case BEFORE_COMMIT -> {
          lost = true;
          what.run();
        }
        case AFTER_COMMIT -> answers.instead(what);
      }
    }
  }

  /// Empty for calls about none or all.
  private static String namespace(Object request) {
    if (!(request instanceof Message message)) {
      return "";
    }
    FieldDescriptor field = message.getDescriptorForType().findFieldByName("namespace");
    return field != null && field.getJavaType() == FieldDescriptor.JavaType.STRING
        ? (String) message.getField(field)
        : "";
  }

  private static Status unavailable() {
    return Status.UNAVAILABLE.withDescription("upstream connect error");
  }

  private static void exhausted(ServerCall<?, ?> call, Optional<Duration> after) {
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
            .setMessage(CallGate.RATE_EXCEEDED);
    after.ifPresent(time -> status.addDetails(Any.pack(retryAfter(time))));
    StatusRuntimeException refusal = StatusProto.toStatusRuntimeException(status.build());
    call.close(
        refusal.getStatus(), Optional.ofNullable(refusal.getTrailers()).orElseGet(Metadata::new));
  }

  private static RetryInfo retryAfter(Duration time) {
    return RetryInfo.newBuilder()
        .setRetryDelay(
            com.google.protobuf.Duration.newBuilder()
                .setSeconds(time.toSeconds())
                .setNanos(time.toNanosPart()))
        .build();
  }
}
