package newleaf.emulator.cloud;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Lets a call in when it carries an accepted API key and an API version, within the rate limit.
final class CallGate implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> VERSION = key("temporal-cloud-api-version");
  static final String RATE_EXCEEDED =
      "rate limit exceeded for principal type=serviceaccount, id="
          + CloudOps.PRINCIPAL
          + ", please retry later.";
  private static final String BEARER = "Bearer ";

  private final Settings settings;
  private final InstantSource clock;
  private final Map<String, Second> seconds = new HashMap<>();

  /// The calls of one key in the running second.
  private record Second(long epochSecond, int calls) {}

  CallGate(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<Status> refusal = refusal(headers);
    if (refusal.isPresent()) {
      call.close(refusal.get(), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return next.startCall(call, headers);
  }

  private Optional<Status> refusal(Metadata headers) {
    String authorization = headers.get(AUTHORIZATION);
    if (authorization == null
        || !authorization.startsWith(BEARER)
        || !settings.apiKeys().accept(authorization.substring(BEARER.length()))) {
      return Optional.of(Status.UNAUTHENTICATED.withDescription("invalid or missing api key"));
    }
    String version = headers.get(VERSION);
    if (version == null || version.isBlank()) {
      return Optional.of(
          Status.INVALID_ARGUMENT.withDescription("temporal-cloud-api-version header is missing"));
    }
    if (settings.requestsPerSecond().isPresent()
        && calls(authorization) > settings.requestsPerSecond().getAsInt()) {
      return Optional.of(Status.RESOURCE_EXHAUSTED.withDescription(RATE_EXCEEDED));
    }
    return Optional.empty();
  }

  private synchronized int calls(String principal) {
    long now = clock.instant().getEpochSecond();
    Second running = seconds.get(principal);
    int calls = running == null || running.epochSecond() != now ? 1 : running.calls() + 1;
    seconds.put(principal, new Second(now, calls));
    return calls;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
