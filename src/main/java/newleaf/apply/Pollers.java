package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Prover.Endpoint;
import newleaf.apply.Prover.Poller;
import newleaf.cert.HeldCertificate;
import newleaf.observed.ObservedWorker.Pod;
import newleaf.plan.Action.Target;

/// Ready is not connected: a pod whose certificate is refused is ready all the same. So the task
/// queue is asked who polls it.
record Pollers(Ports ports, World world) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /// A long poll lasts up to 70 s, and a worker may have to connect anew first.
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /// Waits until every pod has polled since it started and since `since`. A task queue that is not
  /// given can not be asked.
  void poll(Target target, List<Pod> pods, Instant since, Attempt attempt) {
    if (target.taskQueue().isEmpty()) {
      attempt.note("no taskQueue given, so pollers are not checked");
      return;
    }
    for (String namespace : target.namespaces()) {
      Changes<Progress> progress = new Changes<>(attempt::progress);
      Look look = new Look(target, once(namespace), pods, since);
      Optional<String> proof =
          new Waiting(ports.time(), LOOK_EVERY, LIMIT)
              .until(target.address(), () -> seen(look, progress));
      if (proof.isEmpty()) {
        throw Failures.notPolling(
            target.address(),
            "not every pod polls task queue %s of namespace/%s after %d minutes"
                .formatted(target.taskQueue().get(), namespace, LIMIT.toMinutes()));
      }
      attempt.proved(proof.get());
    }
  }

  private record Look(Target target, Supplier<Endpoint> endpoint, List<Pod> pods, Instant since) {}

  /// Where it is asked, found out once: many steps that ask for minutes would use up the requests
  /// that the service allows.
  private Supplier<Endpoint> once(String namespace) {
    List<Endpoint> found = new ArrayList<>();
    return () -> {
      if (found.isEmpty()) {
        found.add(world.endpoint(namespace));
      }
      return found.getFirst();
    };
  }

  private Optional<String> seen(Look look, Changes<Progress> progress) {
    List<Pod> pods = look.pods();
    HeldCertificate leaf = world.heldAt(look.target().place());
    String queue = look.target().taskQueue().orElseThrow();
    List<Poller> fresh =
        known(look.endpoint(), leaf, queue).stream()
            .filter(p -> !p.lastAccess().isBefore(look.since()))
            .toList();
    int polling = (int) pods.stream().filter(pod -> polls(pod, fresh)).count();
    progress.to(new Progress.Polling(polling, pods.size(), queue));
    if (polling == pods.size() && !fresh.isEmpty()) {
      return Optional.of(
          "%s polls task queue %s"
              .formatted(pods.isEmpty() ? "somebody" : "every pod (" + polling + ")", queue));
    }
    return polling == 0 && !pods.isEmpty() && namesNoPod(fresh, pods)
        ? Optional.of(
            "%d pollers on task queue %s (their identities do not name pods)"
                .formatted(fresh.size(), queue))
        : Optional.empty();
  }

  /// A question that gets no answer now is asked again; a lost connection says nothing of workers.
  private List<Poller> known(Supplier<Endpoint> endpoint, HeldCertificate leaf, String queue) {
    try {
      return ports.prover().pollers(endpoint.get(), leaf, queue);
    } catch (NewleafException e) {
      if (e.failure() instanceof Failure.RemoteError) {
        return List.of();
      }
      throw e;
    }
  }

  private static boolean polls(Pod pod, List<Poller> pollers) {
    return pollers.stream()
        .anyMatch(p ->
            p.identity().contains(pod.name())
                && pod.startedAt().map(t -> !p.lastAccess().isBefore(t)).orElse(true));
  }

  /// Workers may set identities of their own; then only their number can be compared.
  private static boolean namesNoPod(List<Poller> fresh, List<Pod> pods) {
    Instant lastStart =
        pods.stream()
            .flatMap(p -> p.startedAt().stream())
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    return fresh.stream().filter(p -> !p.lastAccess().isBefore(lastStart)).count() >= pods.size();
  }
}
