package newleaf.apply;

import java.util.List;
import java.util.Optional;
import newleaf.cert.HeldCertificate;

/// Connects to the fake frontends.
record FakeProver(FakeWorld world) implements Prover {
  @Override
  public Verdict connect(Endpoint endpoint, HeldCertificate leaf) {
    return world
        .cloud
        .refusal(endpoint.namespace(), leaf)
        .<Verdict>map(Verdict.Rejected::new)
        .orElseGet(Verdict.Accepted::new);
  }

  /// The service remembers pollers for some minutes, dead ones too.
  @Override
  public List<Poller> pollers(Endpoint endpoint, HeldCertificate leaf, String taskQueue) {
    world
        .cloud
        .refusal(endpoint.namespace(), leaf)
        .ifPresent(why -> {
          throw FakeFailures.remote("namespace/" + endpoint.namespace(), why + ".");
        });
    return world.cluster.deployments.values().stream()
        .filter(d -> d.about.namespace().equals(endpoint.namespace()))
        .filter(d -> d.about.taskQueue().equals(taskQueue))
        .flatMap(d -> d.ever.stream())
        .map(FakePod::poller)
        .flatMap(Optional::stream)
        .toList();
  }
}
