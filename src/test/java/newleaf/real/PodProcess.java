package newleaf.real;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// One pod with one container, as a process.
final class PodProcess {
  private static final long BACK_OFF_SECONDS = 5;
  private static final long PROBE_SECONDS = 5;

  private final KubernetesClient client;
  private final Path folder;
  private final Function<String, List<String>> images;
  private final String name;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final Instant startTime = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private Optional<Program> program = Optional.empty();
  private Instant startAgain = Instant.MIN;
  private int restarts = -1;
  private String reported = "";

  PodProcess(KubernetesClient client, Pod pod, Path folder, Function<String, List<String>> images) {
    this.client = client;
    this.folder = folder;
    this.images = images;
    this.name = pod.getMetadata().getName();
  }

  String name() {
    return name;
  }

  String words() {
    return program.map(Program::words).orElse("never started");
  }

  void look(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      if (ending.compareAndSet(false, true)) {
        Thread.ofVirtual().start(() -> end(pod));
      }
      return;
    }
    if (!mount(pod)) {
      report(pod, "waiting", "ContainerCreating");
    } else if (program.filter(Program::alive).isEmpty()) {
      begin(pod);
    } else {
      report(pod, "running", Boolean.toString(ready(pod)));
    }
  }

  private void begin(Pod pod) {
    Instant now = Instant.now();
    if (program.isPresent() && startAgain.equals(Instant.MIN)) {
      startAgain = now.plusSeconds(BACK_OFF_SECONDS);
    }
    if (now.isBefore(startAgain)) {
      report(pod, "waiting", "CrashLoopBackOff");
      return;
    }
    startAgain = Instant.MIN;
    restarts++;
    Container container = pod.getSpec().getContainers().getFirst();
    List<String> command = new ArrayList<>(images.apply(container.getImage()));
    program =
        Optional.of(Program.start(folder.resolve("log"), environment(pod, container), command));
    report(pod, "running", "false");
  }

  /// False while a Secret is not there.
  private boolean mount(Pod pod) {
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getSecret() != null) {
        Secret secret =
            client
                .secrets()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(volume.getSecret().getSecretName())
                .get();
        if (secret == null) {
          return Files.exists(folder.resolve(volume.getName())); // deleted: the files stay
        }
        try {
          Files.createDirectories(folder.resolve(volume.getName()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        new Mount(folder.resolve(volume.getName())).refresh(secret);
      }
    }
    return true;
  }

  private Map<String, String> environment(Pod pod, Container container) {
    Map<String, String> environment = new TreeMap<>();
    for (EnvVar variable : container.getEnv()) {
      if (variable.getValue() != null) {
        environment.put(variable.getName(), inside(container, variable.getValue()));
      }
    }
    environment.put("HOSTNAME", pod.getMetadata().getName());
    environment.put("POD_FOLDER", folder.toString());
    return environment;
  }

  /// A path of the container as one of this machine.
  private String inside(Container container, String text) {
    for (VolumeMount mount : container.getVolumeMounts()) {
      if (text.startsWith(mount.getMountPath() + "/")) {
        return folder.resolve(mount.getName()) + text.substring(mount.getMountPath().length());
      }
    }
    return text;
  }

  private boolean ready(Pod pod) {
    Container container = pod.getSpec().getContainers().getFirst();
    if (container.getReadinessProbe() == null || container.getReadinessProbe().getExec() == null) {
      return true;
    }
    try {
      Process probe =
          new ProcessBuilder(container.getReadinessProbe().getExec().getCommand())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void report(Pod pod, String state, String detail) {
    if (reported.equals(state + detail)) {
      return;
    }
    boolean ready = state.equals("running") && detail.equals("true");
    Container container = pod.getSpec().getContainers().getFirst();
    ContainerStatusBuilder status =
        new ContainerStatusBuilder()
            .withName(container.getName())
            .withImage(container.getImage())
            .withImageID(container.getImage())
            .withReady(ready)
            .withStarted(state.equals("running"))
            .withRestartCount(Math.max(0, restarts));
    if (state.equals("running")) {
      status.withNewState().withNewRunning().withStartedAt(now()).endRunning().endState();
    } else {
      status.withNewState().withNewWaiting().withReason(detail).endWaiting().endState();
    }
    PodStatusBuilder whole =
        new PodStatusBuilder()
            .withPhase(state.equals("running") || restarts >= 0 ? "Running" : "Pending")
            .withStartTime(startTime.toString())
            .withHostIP("127.0.0.1")
            .withConditions(
                condition("PodScheduled", true),
                condition("Initialized", true),
                condition("ContainersReady", ready),
                condition("Ready", ready))
            .withContainerStatuses(status.build());
    client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(name)
        .editStatus(p -> new PodBuilder(p).withStatus(whole.build()).build());
    reported = state + detail;
  }

  private static PodCondition condition(String type, boolean holds) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(holds ? "True" : "False")
        .withLastTransitionTime(now())
        .build();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void end(Pod pod) {
    long grace = Optional.ofNullable(pod.getMetadata().getDeletionGracePeriodSeconds()).orElse(30L);
    program.ifPresent(p -> p.stop(grace));
    client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(name)
        .withGracePeriod(0)
        .delete();
  }

  void kill() {
    program.ifPresent(p -> p.stop(0));
  }
}
