package newleaf.emulator.cluster;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One HTTP request, read to its end.
record Call(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  static Call of(HttpExchange exchange) throws IOException {
    Map<String, String> query = new TreeMap<>();
    String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    for (String pair : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Call(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query,
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    return parameter(name).equals("true") || parameter(name).equals("1");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// `application/merge-patch+json`, without parameters.
  String contentType() {
    return header("Content-Type").orElse("application/json").split(";")[0].strip();
  }

  /// `fieldManager`, or like the API server the user agent up to its first slash.
  WriteOptions writeOptions() {
    String agent = header("User-Agent").orElse("unknown").split("/")[0];
    return new WriteOptions(
        query.getOrDefault("fieldManager", agent),
        parameter("dryRun").equals("All"),
        flag("force"));
  }
}
