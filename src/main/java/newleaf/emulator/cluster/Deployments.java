package newleaf.emulator.cluster;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// The Deployment, ReplicaSet and garbage controllers in one: one ReplicaSet for each pod template,
/// pods brought step by step to the newest, status counted.
final class Deployments {
  private static final String HASH = "pod-template-hash";
  private static final WriteOptions WRITER =
      new WriteOptions("kube-controller-manager", false, false);

  private final Store store;
  private final Resources resources;
  private final InstantSource clock;

  Deployments(Store store, Resources resources, InstantSource clock) {
    this.store = store;
    this.resources = resources;
    this.clock = clock;
  }

  /// One step for all Deployments.
  void run() {
    store.all(Kind.DEPLOYMENT).forEach(d -> attempt(() -> step(d)));
    attempt(this::collectGarbage);
  }

  private static void attempt(Runnable step) {
    try {
      step.run();
    } catch (Rejection _) {
      return; // a client deleted or changed the object meanwhile: the next step sees it
    }
  }

  private void step(Doc deployment) {
    Doc replicaSet = replicaSet(deployment);
    List<Doc> sets = owned(Kind.REPLICA_SET, deployment);
    List<Doc> pods = sets.stream().flatMap(s -> owned(Kind.POD, s).stream()).toList();
    List<Doc> live = pods.stream().filter(p -> !p.terminating()).toList();
    List<Doc> current = live.stream().filter(p -> ownedBy(p, replicaSet)).toList();
    List<Doc> old = live.stream().filter(p -> !ownedBy(p, replicaSet)).toList();
    boolean ending = pods.stream().anyMatch(p -> p.terminating() && !ownedBy(p, replicaSet));
    Rollout.Next next = new Rollout(deployment, current, old, ending).next();
    for (Doc pod : next.delete()) {
      resources.delete(Key.of(Kind.POD, pod), Doc.EMPTY, Optional.empty());
    }
    for (int i = 0; i < next.create(); i++) {
      createPod(replicaSet);
    }
    sets.forEach(this::count);
    new DeploymentStatus(deployment, current, old).write(store, clock.instant());
  }

  /// That of today's template; made when there is none. A paused Deployment keeps its newest.
  private Doc replicaSet(Doc deployment) {
    Doc template = deployment.child("spec", "template");
    String hash = hash(template);
    String name = deployment.name() + "-" + hash;
    Key key = new Key(Kind.REPLICA_SET, deployment.namespace(), name);
    Doc labelled = template.with(hash, "metadata", "labels", HASH);
    Doc made =
        Doc.of("metadata", Doc.of("name", name))
            .with(deployment.namespace(), "metadata", "namespace")
            .with(labelled.child("metadata", "labels"), "metadata", "labels")
            .with(List.of(owner(Kind.DEPLOYMENT, deployment)), "metadata", "ownerReferences")
            .with(0L, "spec", "replicas")
            .with(deployment.child("spec", "selector"), "spec", "selector")
            .with(hash, "spec", "selector", "matchLabels", HASH)
            .with(labelled, "spec", "template");
    return store.get(key).orElseGet(() -> resources.create(key, made, WRITER));
  }

  private static String hash(Doc template) {
    CRC32 crc = new CRC32();
    crc.update(Wire.line(template).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits(crc.getValue(), 8);
  }

  private void createPod(Doc replicaSet) {
    String name = replicaSet.name() + "-" + UUID.randomUUID().toString().substring(0, 5);
    Doc template = replicaSet.child("spec", "template");
    Doc pod =
        Doc.of("metadata", template.child("metadata"))
            .with(name, "metadata", "name")
            .with(replicaSet.namespace(), "metadata", "namespace")
            .with(List.of(owner(Kind.REPLICA_SET, replicaSet)), "metadata", "ownerReferences")
            .with(template.child("spec"), "spec")
            .with("local", "spec", "nodeName");
    resources.create(new Key(Kind.POD, replicaSet.namespace(), name), pod, WRITER);
  }

  private static Doc owner(Kind kind, Doc object) {
    return Doc.of("apiVersion", kind.apiVersion())
        .with(kind.kind(), "kind")
        .with(object.name(), "name")
        .with(object.uid(), "uid")
        .with(true, "controller")
        .with(true, "blockOwnerDeletion");
  }

  private List<Doc> owned(Kind kind, Doc owner) {
    return store.list(kind, Optional.of(owner.namespace())).objects().stream()
        .filter(o -> ownedBy(o, owner))
        .toList();
  }

  private static boolean ownedBy(Doc object, Doc owner) {
    return object.children("metadata", "ownerReferences").stream()
        .anyMatch(r -> r.text("uid").equals(owner.uid()));
  }

  private void count(Doc set) {
    List<Doc> pods = owned(Kind.POD, set).stream().filter(p -> !p.terminating()).toList();
    long ready = pods.stream().filter(PodStatus::ready).count();
    store.edit(
        Key.of(Kind.REPLICA_SET, set),
        s ->
            s.with((long) pods.size(), "spec", "replicas")
                .with((long) pods.size(), "status", "replicas")
                .with(ready, "status", "readyReplicas")
                .with(ready, "status", "availableReplicas"));
  }

  /// Deletes what is owned by something that is gone.
  private void collectGarbage() {
    Set<String> there =
        Stream.of(Kind.DEPLOYMENT, Kind.REPLICA_SET, Kind.STATEFUL_SET, Kind.DAEMON_SET)
            .flatMap(kind -> store.all(kind).stream())
            .map(Doc::uid)
            .collect(Collectors.toSet());
    for (Kind kind : List.of(Kind.REPLICA_SET, Kind.POD)) {
      for (Doc object : store.all(kind)) {
        List<Doc> owners = object.children("metadata", "ownerReferences");
        if (!owners.isEmpty() && owners.stream().noneMatch(o -> there.contains(o.text("uid")))) {
          resources.delete(Key.of(kind, object), Doc.EMPTY, Optional.empty());
        }
      }
    }
  }
}
