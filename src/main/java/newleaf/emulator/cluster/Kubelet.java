package newleaf.emulator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/// The one node: starts pods, mounts Secrets, reports status, stops pods that are being deleted.
final class Kubelet {
  private final Store store;
  private final PodRunner runner;
  private final Settings settings;
  private final InstantSource clock;
  private final Executor threads;
  private final Path root;
  private final Map<String, Container> containers = new HashMap<>();

  Kubelet(Cluster.Parts parts, Store store, Executor threads) {
    this.store = store;
    this.runner = parts.runner();
    this.settings = parts.settings();
    this.clock = parts.clock();
    this.root = parts.root();
    this.threads = threads;
  }

  /// One look at all pods.
  void run() {
    Map<String, Doc> pods = new HashMap<>();
    for (Doc pod : store.all(Kind.POD)) {
      pods.put(pod.uid(), pod);
      Container container = containers.computeIfAbsent(pod.uid(), _ -> container());
      if (pod.terminating()) {
        end(pod, container);
      } else {
        attend(pod, container);
      }
    }
    containers.entrySet().removeIf(e -> !pods.containsKey(e.getKey()) && gone(e));
  }

  /// A pod deleted without grace has left the API, but must still be stopped.
  private boolean gone(Map.Entry<String, Container> entry) {
    return entry.getValue().stop() && cleaned(entry.getKey());
  }

  private void end(Doc pod, Container container) {
    if (container.stop()) {
      containers.remove(pod.uid());
      cleaned(pod.uid());
      store.remove(Key.of(Kind.POD, pod));
    } else {
      status(pod, PodStatus.running(pod, false, container.startedAt()));
    }
  }

  private boolean cleaned(String uid) {
    try {
      SecretVolume.delete(root.resolve(uid));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void attend(Doc pod, Container container) {
    PodSecrets secrets = new PodSecrets(store, pod);
    if (container.crashed()) {
      container.backOff(settings.crashBackoff().toNanos());
      Doc waiting = PodStatus.waiting(pod, "CrashLoopBackOff", "back-off restarting container");
      status(pod, PodStatus.restarted(waiting, container.restarts() + 1));
    } else if (container.down()) {
      begin(pod, container, secrets);
    } else {
      secrets.volumes().forEach((volume, name) -> refresh(pod, container, volume, name));
      if (container.up()) {
        status(pod, PodStatus.running(pod, container.ready(), container.startedAt()));
      }
    }
  }

  private void refresh(Doc pod, Container container, String volume, String name) {
    long delay = settings.secretPropagation().toNanos();
    new PodSecrets(store, pod)
        .secret(name) // deleted meanwhile: the files stay
        .ifPresent(s -> container.refresh(directory(pod, volume), volume, s, delay));
  }

  private Container container() {
    return new Container(runner, threads, settings.podStart().toNanos());
  }

  private void begin(Doc pod, Container container, PodSecrets secrets) {
    if (!secrets.complete()) {
      status(pod, PodStatus.waiting(pod, "ContainerCreating", "waiting for a Secret"));
    } else if (container.mayStart()) {
      Map<String, Path> volumes = new TreeMap<>();
      secrets
          .volumes()
          .forEach((volume, name) -> {
            Path directory = directory(pod, volume);
            container.refresh(directory, volume, secrets.secret(name).orElseThrow(), 0);
            volumes.put(volume, directory);
          });
      Map<String, String> labels = pod.texts("metadata", "labels");
      container.start(
          new PodSpecification(pod.name(), pod.namespace(), labels, secrets.env(), volumes),
          clock.instant());
    }
  }

  /// Stops every pod, all at once, and waits until they are gone.
  void stopAll() {
    containers.values().forEach(Container::stop);
    containers.values().forEach(Container::awaitStopped);
  }

  private Path directory(Doc pod, String volume) {
    return root.resolve(pod.uid()).resolve(volume);
  }

  private void status(Doc pod, Doc changed) {
    store.edit(Key.of(Kind.POD, pod), now -> now.with(changed.child("status"), "status"));
  }
}
