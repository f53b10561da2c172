package newleaf.observed;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A Kubernetes workload that runs workers.
public record WorkerRef(WorkloadKind kind, String namespace, String name) {

  public static WorkerRef deployment(String namespace, String name) {
    return new WorkerRef(WorkloadKind.DEPLOYMENT, namespace, name);
  }

  /// `deployment/temporal-booking/temporal-booking-worker`
  public String address() {
    return kind.noun() + "/" + namespace + "/" + name;
  }

  /// Its JSON, `{"namespace": .., "deployment": ..}`: the kind is the key of the name, as in the
  /// YAML.
  public Map<String, String> toFields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("namespace", namespace);
    fields.put(field(kind), name);
    return fields;
  }

  /// @throws IllegalArgumentException when it is of no kind, or of two
  public static WorkerRef ofFields(Map<String, String> fields) {
    for (WorkloadKind kind : WorkloadKind.values()) {
      String namespace = fields.get("namespace");
      String name = fields.get(field(kind));
      if (namespace != null && name != null && fields.size() == 2) {
        return new WorkerRef(kind, namespace, name);
      }
    }
    throw new IllegalArgumentException("a workload needs a namespace and one name");
  }

  private static String field(WorkloadKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
