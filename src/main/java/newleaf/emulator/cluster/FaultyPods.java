package newleaf.emulator.cluster;

import java.util.Optional;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Faults;
import newleaf.emulator.fault.Site;

/// Lets faults strike pods as they start.
record FaultyPods(Faults faults, PodRunner runner) implements PodRunner {

  @Override
  public RunningPod start(PodSpecification pod) {
    Site site = new Site("start pods", pod.namespace() + "/" + pod.name());
    Optional<Fault> fault = faults.strike(site);
    return switch (fault.orElse(null)) {
      case Fault.Crash _ -> throw new IllegalStateException("the container ended");
      case Fault.NeverReady _ -> new NotReady(runner.start(pod));
      case null, default -> runner.start(pod);
    };
  }

  private record NotReady(RunningPod pod) implements RunningPod {
    @Override
    public boolean ready() {
      return false;
    }

    @Override
    public boolean failed() {
      return pod.failed();
    }

    @Override
    public void stop() {
      pod.stop();
    }
  }
}
