package newleaf.cloud;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// How long a service asks to be left alone: `google.rpc.RetryInfo` in the details of a gRPC
/// status.
final class RetryHint {
  /// Whoever asks for more is not waited for but reported.
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private RetryHint() {}

  static Optional<Duration> of(StatusRuntimeException error) {
    return Optional.ofNullable(StatusProto.fromThrowable(error)).stream()
        .flatMap(status -> status.getDetailsList().stream())
        .flatMap(RetryHint::delay)
        .filter(Duration::isPositive)
        .map(asked -> asked.compareTo(LONGEST) > 0 ? LONGEST : asked)
        .findFirst();
  }

  private static Stream<Duration> delay(Any detail) {
    if (!detail.is(RetryInfo.class)) {
      return Stream.empty();
    }
    try {
      var delay = detail.unpack(RetryInfo.class).getRetryDelay();
      return Stream.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
    } catch (InvalidProtocolBufferException | ArithmeticException _) {
      return Stream.empty(); // a hint that can not be read is none
    }
  }
}
