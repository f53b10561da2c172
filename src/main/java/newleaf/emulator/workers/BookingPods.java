package newleaf.emulator.workers;

import java.time.InstantSource;
import newleaf.emulator.cluster.PodRunner;
import newleaf.emulator.cluster.PodSpecification;
import newleaf.emulator.cluster.RunningPod;

/// Starts the demo's pods: `ROLE=starter` starts workflows, everything else works on them.
public final class BookingPods implements PodRunner {
  private final String serverCaPem;
  private final Traffic traffic;

  public BookingPods(String serverCaPem, InstantSource clock) {
    this.serverCaPem = serverCaPem;
    this.traffic = new Traffic(clock);
  }

  public Traffic traffic() {
    return traffic;
  }

  @Override
  public RunningPod start(PodSpecification pod) {
    return "starter".equals(pod.env().get("ROLE"))
        ? new StarterPod(pod, serverCaPem, traffic)
        : new WorkerPod(pod, serverCaPem);
  }
}
