package newleaf.emulator.cluster;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Moment;
import newleaf.emulator.fault.Faults;
import newleaf.emulator.fault.Site;

/// Lets faults strike calls of the API.
record ApiFaults(Faults faults, Resources resources) {
  private static final WriteOptions SOMEBODY = new WriteOptions("kubectl-edit", false, false);

  /// Longer than a client waits.
  private static final Duration LATE = Duration.ofMinutes(2);

  /// The fault that strikes a call. What somebody else does at this moment is done already.
  Optional<Fault> strike(Call call) {
    if (Discovery.answer(call.path()).isPresent()) {
      return Optional.empty();
    }
    Route route = Route.of(call.path());
    Key key = route.key(route.name().orElse(""));
    String resource = key.name().isEmpty() ? "" : key.namespace() + "/" + key.name();
    Optional<Fault> fault =
        faults.strike(new Site(Api.verb(call, route) + " " + route.kind().plural(), resource));
    fault.ifPresent(struck -> disturb(struck, key));
    return fault;
  }

  private void disturb(Fault fault, Key key) {
    switch (fault) {
      case Fault.Edited _ -> {
        String other = Long.toString(System.nanoTime()); // the same again would be no change
        change(key, o -> o.with(other, "metadata", "annotations", "edited"));
      }
      case Fault.Scaled(int replicas) ->
          change(key, o -> o.with((long) replicas, "spec", "replicas"));
      case Fault.Reply _, Fault.Cloud _, Fault.Cluster _ -> {}
    }
  }

  private void change(Key key, UnaryOperator<Doc> change) {
    try {
      resources.update(key, change, SOMEBODY);
    } catch (Rejection _) {
      return; // it is not there: nobody can change it
    }
  }

  static Duration age(Optional<Fault> struck) {
    return switch (struck.orElse(null)) {
      case Fault.StaleList(Duration age) -> age;
      case null, default -> Duration.ZERO;
    };
  }

  /// Whether the caller gets something else than the answer, which then is done. Without an answer
  /// the connection is cut when the exchange is closed.
  static boolean instead(Optional<Fault> struck, Moment now, HttpExchange exchange)
      throws IOException {
    if (!(struck.orElse(null) instanceof Fault.Reply reply) || moment(reply) != now) {
      return false;
    }
    switch (reply) {
      case Fault.Unavailable _ -> send(exchange, Rejection.unavailable());
      case Fault.Broken _ -> send(exchange, Rejection.broken());
      case Fault.Cut _ -> {}
      case Fault.Late _ -> waitLong();
      case Fault.Exhausted(Optional<Duration> after) -> {
        after.ifPresent(
            t -> exchange.getResponseHeaders().set("Retry-After", Long.toString(t.toSeconds())));
        send(exchange, Rejection.tooManyRequests());
      }
    }
    return true;
  }

  private static Moment moment(Fault.Reply reply) {
    return switch (reply) {
      case Fault.Unavailable(Moment moment) -> moment;
      case Fault.Cut(Moment moment) -> moment;
      case Fault.Late _ -> Moment.AFTER_COMMIT;
      case Fault.Exhausted _, Fault.Broken _ -> Moment.BEFORE_COMMIT;
    };
  }

  private static void waitLong() {
    try {
      Thread.sleep(LATE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the server closes
    }
  }

  private static void send(HttpExchange exchange, Rejection refusal) throws IOException {
    byte[] json = Wire.line(refusal.status()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(refusal.code(), json.length);
    exchange.getResponseBody().write(json);
  }
}
