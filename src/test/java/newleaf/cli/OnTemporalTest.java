package newleaf.cli;

import static newleaf.cli.TemporalRig.good;
import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testserver.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import newleaf.cli.BookingWorld.Scenario;
import newleaf.real.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands for rotations on Temporal, beside an in-memory server; `RealOnTemporalTest` has a
/// real one.
final class OnTemporalTest {
  @TempDir Path parent;

  @Test
  void leafIsRenewedByAWorkerAndWhoeverWatchesReadsHow() throws Exception {
    int port = Ports.free();
    try (TestServer.PortBoundTestServer _ = TestServer.createPortBoundServer(port);
        TemporalRig rig =
            new TemporalRig(parent, "127.0.0.1:" + port, Scenario.LEAF_RENEWAL, "", "")) {
      NewleafProcess worker = rig.worker();
      String told = good(rig.apply());
      assertThat(told)
          .contains("1 rotation on Temporal now, in namespace control.")
          .contains("reissue  secret/temporal-booking/temporal-booking-tls: done in")
          .contains("proven: every pod (3) polls task queue temporal-booking")
          .contains("steps carried out; 1 of 1 rotation done.");
      assertThat(good(rig.apply())).contains("No changes.");
      worker.process().destroy();
      assertThat(worker.process().waitFor()).isEqualTo(143);
      assertThat(worker.text())
          .contains("Works for ", "task queue newleaf-sdvdw", "Stopping: ")
          .contains("roll     deployment/temporal-booking/temporal-booking-worker: done after");
      assertThat(rig.world.world().traffic().counts().failed()).isZero();
      Captured lock = Captured.run(rig.world.folder(), rig.world.environment(), "lock", "show");
      assertThat(lock.out()).containsIgnoringCase("nobody holds");
    }
  }

  @Test
  void fileThatNamesNoTemporalNamespaceIsToldWhatToAdd() throws Exception {
    Path yaml = parent.resolve("newleaf.yaml");
    Files.writeString(yaml, Files.readString(Path.of("examples", "ca-rollover.yaml")));
    for (String command : new String[] {"worker", "schedule show", "approve ca/booking gate"}) {
      Captured answer = Captured.run(parent, java.util.Map.of(), command.split(" "));
      assertThat(answer.exit()).as(command).isEqualTo(ExitCode.INVALID.code());
      assertThat(answer.err()).contains("NL3200 newleaf.yaml", "section `temporal:`");
    }
  }
}
