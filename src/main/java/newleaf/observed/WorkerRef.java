package newleaf.observed;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A Kubernetes workload that runs workers.
///
/// @param cluster as the YAML names it; empty for the one that is meant when it names none
public record WorkerRef(
    WorkloadKind kind, String namespace, String name, Optional<String> cluster) {

  public WorkerRef(WorkloadKind kind, String namespace, String name) {
    this(kind, namespace, name, Optional.empty());
  }

  public static WorkerRef deployment(String namespace, String name) {
    return new WorkerRef(WorkloadKind.DEPLOYMENT, namespace, name);
  }

  public WorkerRef in(Optional<String> other) {
    return new WorkerRef(kind, namespace, name, other);
  }

  /// `deployment/temporal-booking/temporal-booking-worker`, with `@eu1` behind it in that cluster
  public String address() {
    return kind.noun() + "/" + namespace + "/" + name + cluster.map(c -> "@" + c).orElse("");
  }

  /// Its JSON, `{"namespace": .., "deployment": ..}`: the kind is the key of the name, as in the
  /// YAML. The cluster is left out where none is named.
  public Map<String, String> toFields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("namespace", namespace);
    fields.put(field(kind), name);
    cluster.ifPresent(c -> fields.put("cluster", c));
    return fields;
  }

  /// @throws IllegalArgumentException when it is of no kind, or of two
  public static WorkerRef ofFields(Map<String, String> fields) {
    for (WorkloadKind kind : WorkloadKind.values()) {
      String namespace = fields.get("namespace");
      String name = fields.get(field(kind));
      int known = fields.containsKey("cluster") ? 3 : 2;
      if (namespace != null && name != null && fields.size() == known) {
        return new WorkerRef(kind, namespace, name, Optional.ofNullable(fields.get("cluster")));
      }
    }
    throw new IllegalArgumentException("a workload needs a namespace and one name");
  }

  private static String field(WorkloadKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
