package newleaf.emulator.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import newleaf.emulator.fault.Fault;

/// The API on a loopback port of its own.
final class HttpApi implements AutoCloseable {
  private static final Duration WATCH_AT_MOST = Duration.ofMinutes(30);

  private final HttpServer server;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final Api api;
  private final ApiFaults faults;

  HttpApi(Api api, ApiFaults faults) throws IOException {
    this.api = api;
    this.faults = faults;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(calls);
    server.createContext("/", this::serve);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call = Call.of(exchange);
      try {
        Optional<Fault> struck = faults.strike(call);
        if (ApiFaults.instead(struck, Fault.Moment.BEFORE_COMMIT, exchange)) {
          return;
        }
        Api.Answer answer = api.answer(call, ApiFaults.age(struck));
        if (!ApiFaults.instead(struck, Fault.Moment.AFTER_COMMIT, exchange)) {
          answer(exchange, call, answer);
        }
      } catch (Rejection e) {
        send(exchange, e.code(), e.status());
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        Rejection refusal = Rejection.badRequest("not a number in range: " + e.getMessage());
        send(exchange, refusal.code(), refusal.status());
      }
    }
  }

  private static void answer(HttpExchange exchange, Call call, Api.Answer answer)
      throws IOException {
    switch (answer) {
      case Api.Answer.Reply(int code, Doc body) -> send(exchange, code, body);
      case Api.Answer.Stream(Watch watch, long from) -> {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        boolean webSocket = call.header("Upgrade").filter("websocket"::equals).isPresent();
        if (webSocket) {
          exchange.sendResponseHeaders(200, -1); // no web sockets here: clients then watch by HTTP
          return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
          out.flush();
          watch.run(from, atMost(call), out);
        }
      }
    }
  }

  private static Duration atMost(Call call) {
    String seconds = call.parameter("timeoutSeconds");
    return seconds.isEmpty() ? WATCH_AT_MOST : Duration.ofSeconds(Long.parseLong(seconds));
  }

  private static void send(HttpExchange exchange, int code, Doc body) throws IOException {
    byte[] json = Wire.line(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, json.length);
    exchange.getResponseBody().write(json);
  }

  @Override
  public void close() {
    server.stop(0);
    calls.shutdownNow();
  }
}
