package newleaf.desired;

import java.util.Arrays;
import java.util.Optional;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import newleaf.observed.WorkloadKind;

/// Where a leaf is delivered to (`secret` or `directory`) and what loads it (`deployment`,
/// `statefulSet`, `daemonSet` or `rollout`), and in which cluster both are.
final class PlaceYaml {
  private PlaceYaml() {}

  /// Of a cluster without anything in it, nothing would be asked.
  static Optional<String> cluster(Section section) {
    Optional<String> cluster = section.optionalText("cluster", Names::cluster).map(Located::value);
    if (section.has("cluster") && !section.has("secret") && !hasWorkload(section)) {
      section
          .problems()
          .add(
              Codes.CLUSTER_OF_NOTHING,
              section.at("cluster"),
              "this %s has a cluster, but no secret or workload that could be in it."
                  .formatted(section.name()),
              "Remove cluster, or add `secret: <namespace>/<name>`.");
    }
    return cluster;
  }

  static Optional<LeafPlace> read(Section section, boolean required, Optional<String> cluster) {
    Optional<LeafPlace> secret = secret(section).map(place -> place.in(cluster));
    Optional<LeafPlace> directory =
        section
            .optionalText("directory", Section.Check.ANY)
            .map(t -> new LeafPlace.Directory(t.value()));
    boolean both = section.has("secret") && section.has("directory");
    boolean none = !section.has("secret") && !section.has("directory");
    if (both || none && required) {
      section
          .problems()
          .add(
              Codes.PLACE,
              both ? section.at("directory") : section.at(),
              "this %s has %s secret and directory; a leaf is delivered to one place."
                  .formatted(section.name(), both ? "both" : "neither"),
              both ? "Remove one of the two." : "Add `secret: <namespace>/<name>`.");
    }
    return secret.or(() -> directory);
  }

  /// The first of those that are there; a second one is reported.
  static Optional<WorkerRef> workload(Section section, Optional<String> cluster) {
    Optional<WorkerRef> first = Optional.empty();
    for (WorkloadKind kind : WorkloadKind.values()) {
      Optional<WorkerRef> one =
          section
              .optionalText(kind.key(), Names::kubernetes)
              .map(t -> new WorkerRef(kind, namespace(t), name(t), cluster));
      if (first.isPresent() && section.has(kind.key())) {
        section
            .problems()
            .add(
                Codes.TWO_WORKLOADS,
                section.at(kind.key()),
                "this worker has both %s and %s; the pods of a worker belong to one workload."
                    .formatted(first.get().kind().key(), kind.key()),
                "Remove one of the two, or make a worker of each.");
      }
      first = first.or(() -> one);
    }
    return first;
  }

  static boolean hasWorkload(Section section) {
    return Arrays.stream(WorkloadKind.values()).anyMatch(k -> section.has(k.key()));
  }

  static Optional<LeafPlace.Secret> secret(Section section) {
    return section
        .optionalText("secret", Names::kubernetes)
        .map(t -> new LeafPlace.Secret(namespace(t), name(t)));
  }

  private static String namespace(Located<String> text) {
    return text.value().substring(0, Math.max(0, text.value().indexOf('/')));
  }

  private static String name(Located<String> text) {
    return text.value().substring(text.value().indexOf('/') + 1);
  }
}
