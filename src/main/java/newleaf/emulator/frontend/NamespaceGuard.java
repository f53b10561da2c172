package newleaf.emulator.frontend;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/// Every call must be about the namespace whose port it came to, and that must have mTLS on: when
/// it is turned off, open connections fail too. Polls are noted in passing.
final class NamespaceGuard implements ServerInterceptor {
  private final String namespace;
  private final Trusts trusts;
  private final Pollers pollers;

  NamespaceGuard(String namespace, Trusts trusts, Pollers pollers) {
    this.namespace = namespace;
    this.trusts = trusts;
    this.pollers = pollers;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (trusts.current(namespace).isEmpty()) {
      refuse(call);
      return new ServerCall.Listener<>() {};
    }
    return new Guarded<>(call, next.startCall(call, headers));
  }

  private final class Guarded<Q, A> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, A> call;
    private boolean refused;

    Guarded(ServerCall<Q, A> call, ServerCall.Listener<Q> next) {
      super(next);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      if (foreign(message)) {
        refused = true;
        refuse(call);
      } else {
        readable(message).ifPresent(pollers::see);
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (!refused) { // else the service would complain of a call without a message
        super.onHalfClose();
      }
    }
  }

  /// Calls without a namespace, as GetSystemInfo, are nobody's secret.
  private boolean foreign(Object request) {
    return readable(request)
        .flatMap(NamespaceGuard::named)
        .filter(name -> !name.isEmpty() && !name.equals(namespace))
        .isPresent();
  }

  private static Optional<Message> readable(Object request) {
    return switch (request) {
      case Message message -> Optional.of(message);
      case Passed passed -> Optional.of(passed.message());
      default -> Optional.empty();
    };
  }

  private static Optional<String> named(Message message) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName("namespace");
    boolean text = field != null && field.getJavaType() == FieldDescriptor.JavaType.STRING;
    return text && !field.isRepeated()
        ? Optional.of((String) message.getField(field))
        : Optional.empty();
  }

  private static void refuse(ServerCall<?, ?> call) {
    call.close(Status.PERMISSION_DENIED.withDescription("Request unauthorized."), new Metadata());
  }
}
