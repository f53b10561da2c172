package newleaf.emulator.frontend;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// A message on its way through the frontend: the bytes that go on, and what they say as far as it
/// is known here. A field that only newer servers know goes on with the rest.
record Passed(ByteString bytes, Message message) {

  /// The method with its messages passed instead of parsed.
  static MethodDescriptor<Passed, Passed> method(MethodDescriptor<?, ?> method) {
    return method.toBuilder(
            new Marshaller(prototype(method.getRequestMarshaller())),
            new Marshaller(prototype(method.getResponseMarshaller())))
        .setSchemaDescriptor(method.getSchemaDescriptor())
        .build();
  }

  private static Message prototype(MethodDescriptor.Marshaller<?> marshaller) {
    return (Message) ((PrototypeMarshaller<?>) marshaller).getMessagePrototype();
  }

  private record Marshaller(Message prototype) implements MethodDescriptor.Marshaller<Passed> {
    @Override
    public InputStream stream(Passed value) {
      return value.bytes.newInput();
    }

    @Override
    public Passed parse(InputStream stream) {
      try {
        ByteString bytes = ByteString.readFrom(stream);
        return new Passed(bytes, prototype.getParserForType().parseFrom(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
