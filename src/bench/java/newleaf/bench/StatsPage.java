package newleaf.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import newleaf.emulator.fault.Faults;

/// Tells by HTTP what the server did since somebody last asked: calls by method, and its CPU time;
/// and how much memory it ever had. One `name value` on each line.
final class StatsPage implements AutoCloseable {
  private final HttpServer server;
  private final Faults faults;
  private Map<String, Integer> callsBefore = Map.of();
  private Duration cpuBefore = Duration.ZERO;

  StatsPage(Faults faults) {
    this.faults = faults;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] text = text().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  synchronized String text() throws IOException {
    Map<String, Integer> calls = new TreeMap<>(faults.calls());
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    StringBuilder text = new StringBuilder();
    calls.forEach((method, number) -> {
      int fresh = number - callsBefore.getOrDefault(method, 0);
      if (fresh > 0) {
        text.append("calls:")
            .append(method.replace(' ', '-'))
            .append(' ')
            .append(fresh)
            .append('\n');
      }
    });
    text.append("cpu_ms ").append(cpu.minus(cpuBefore).toMillis()).append('\n');
    text.append("rss_peak_kb ").append(peak()).append('\n');
    callsBefore = calls;
    cpuBefore = cpu;
    return text.toString();
  }

  /// 0 where the system does not tell.
  private static String peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .map(line -> line.replaceAll("\\D", ""))
            .collect(Collectors.joining())
        : "0";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
