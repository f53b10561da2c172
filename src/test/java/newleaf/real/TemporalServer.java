package newleaf.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A real Temporal server, as `temporal server start-dev` runs it; without TLS.
final class TemporalServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);

  private final Program program;
  private final String address;

  private TemporalServer(Program program, String address) {
    this.program = program;
    this.address = address;
  }

  static TemporalServer start(Path log, String namespace) {
    int port = Ports.free();
    String address = "127.0.0.1:" + port;
    Program program =
        Program.start(
            log,
            Peers.binary("temporal"),
            "server",
            "start-dev",
            "--headless",
            "--ip=127.0.0.1",
            "--port=" + port,
            "--http-port=" + Ports.free(),
            "--metrics-port=" + Ports.free(),
            "--namespace=" + namespace,
            "--log-level=error");
    Until.holds(
        "the Temporal server works", START, program::words, () -> answers(address, namespace));
    return new TemporalServer(program, address);
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

  String address() {
    return address;
  }

  @Override
  public void close() {
    program.close();
  }
}
