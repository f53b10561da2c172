package newleaf.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A real Temporal server, as `temporal server start-dev` runs it; without TLS.
public final class TemporalServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);

  private final Path folder;
  private final String namespace;
  private final int port;
  private Program program;

  private TemporalServer(Path folder, String namespace) {
    this.folder = folder;
    this.namespace = namespace;
    this.port = Ports.free();
    this.program = run();
  }

  /// @param folder for its log and its database, which outlives a [#restart]
  public static TemporalServer start(Path folder, String namespace) {
    return new TemporalServer(folder, namespace);
  }

  private Program run() {
    Program server =
        Program.start(
            folder.resolve("temporal.log"),
            Peers.binary("temporal"),
            "server",
            "start-dev",
            "--headless",
            "--ip=127.0.0.1",
            "--port=" + port,
            "--http-port=" + Ports.free(),
            "--metrics-port=" + Ports.free(),
            "--namespace=" + namespace,
            "--db-filename=" + folder.resolve("temporal.db"),
            "--log-level=error");
    Until.holds(
        "the Temporal server works", START, server::words, () -> answers(address(), namespace));
    return server;
  }

  /// On the same port, with what it knew.
  public void restart() {
    program.close();
    program = run();
  }

  private static boolean answers(String address, String namespace) {
    return Answer.of(
                Map.of(),
                Peers.binary("temporal"),
                "workflow",
                "list",
                "--address=" + address,
                "--namespace=" + namespace)
            .exit()
        == 0;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    program.close();
  }
}
