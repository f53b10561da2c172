package newleaf.real;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The node of a [ControlPlane]: each pod that the scheduler binds to it is a process of this
/// machine, with its Secrets mounted as files. No container: paths under a `mountPath` are those of
/// the pod's folder, wherever the environment or a probe names one.
public final class Kubelet implements AutoCloseable {
  private static final String NODE = "machine";
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration READY = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final Path folder;
  private final Function<String, List<String>> images;
  private final Map<String, PodProcess> pods = new ConcurrentHashMap<>();
  private final Thread loop = Thread.ofPlatform().name("kubelet").daemon().unstarted(this::run);
  private Instant beat = Instant.MIN;
  private volatile String complaint = "";

  private Kubelet(KubernetesClient client, Path folder, Function<String, List<String>> images) {
    this.client = client;
    this.folder = folder;
    this.images = images;
  }

  /// @param images by the image's name, the command that runs it
  public static Kubelet start(
      ControlPlane plane, Path folder, Function<String, List<String>> images) {
    Kubelet kubelet = new Kubelet(plane.admin(), folder, images);
    kubelet.join();
    kubelet.loop.start();
    Until.holds(
        "the node takes pods",
        READY,
        () -> kubelet.complaint,
        () -> kubelet.client.nodes().withName(NODE).get().getSpec().getTaints().isEmpty());
    return kubelet;
  }

  private void join() {
    if (client.nodes().withName(NODE).get() == null) {
      client
          .resource(new NodeBuilder().withNewMetadata().withName(NODE).endMetadata().build())
          .create();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          heartbeat();
          look();
        } catch (KubernetesClientException e) {
          complaint = String.valueOf(e.getMessage()); // the next look tries again
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  private void heartbeat() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    if (beat.plus(HEARTBEAT).isAfter(now)) {
      return;
    }
    beat = now;
    Map<String, Quantity> room =
        Map.of(
            "cpu", new Quantity("64"), "memory", new Quantity("64Gi"), "pods", new Quantity("250"));
    client
        .nodes()
        .withName(NODE)
        .editStatus(node ->
            new NodeBuilder(node)
                .withNewStatus()
                .withCapacity(room)
                .withAllocatable(room)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .withLastHeartbeatTime(now.toString())
                .withLastTransitionTime(now.toString())
                .endCondition()
                .endStatus()
                .build());
  }

  private void look() {
    Set<String> listed = new HashSet<>();
    for (Pod pod :
        client.pods().inAnyNamespace().withField("spec.nodeName", NODE).list().getItems()) {
      String uid = pod.getMetadata().getUid();
      listed.add(uid);
      pods.computeIfAbsent(uid, _ -> new PodProcess(client, pod, folder.resolve(uid), images))
          .look(pod);
    }
    pods.entrySet()
        .removeIf(pod -> {
          if (listed.contains(pod.getKey())) {
            return false;
          }
          pod.getValue().kill();
          return true;
        });
  }

  /// What the pod's process printed last; for messages of tests.
  public String words(String podName) {
    return pods.values().stream()
        .filter(p -> p.name().equals(podName))
        .map(PodProcess::words)
        .findFirst()
        .orElse("no such pod");
  }

  @Override
  public void close() {
    loop.interrupt();
    try {
      loop.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    pods.values().forEach(PodProcess::kill);
    client.nodes().withName(NODE).delete();
  }
}
