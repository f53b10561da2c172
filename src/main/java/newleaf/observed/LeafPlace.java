package newleaf.observed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where a leaf lives: a Kubernetes Secret of type `kubernetes.io/tls` or `Opaque`, or a directory
/// with `tls.crt` and `tls.key`.
public sealed interface LeafPlace {
  /// @param cluster as the YAML names it; empty for the one that is meant when it names none
  record Secret(String namespace, String name, Optional<String> cluster) implements LeafPlace {
    public Secret(String namespace, String name) {
      this(namespace, name, Optional.empty());
    }

    public Secret in(Optional<String> other) {
      return new Secret(namespace, name, other);
    }
  }

  record Directory(String path) implements LeafPlace {}

  /// `secret/temporal-booking/temporal-booking-tls`, with `@eu1` behind it in that cluster, or
  /// `directory/var/certs`
  default String address() {
    return switch (this) {
      case Secret(var namespace, var name, var cluster) ->
          "secret/" + namespace + "/" + name + cluster.map(c -> "@" + c).orElse("");
      case Directory(var path) -> "directory/" + path;
    };
  }

  /// Its JSON, `{"kind": "secret", "namespace": .., "name": ..}`. The cluster is left out where
  /// none is named.
  default Map<String, String> toFields() {
    Map<String, String> fields = new LinkedHashMap<>();
    switch (this) {
      case Secret(var namespace, var name, var cluster) -> {
        fields.put("kind", "secret");
        fields.put("namespace", namespace);
        fields.put("name", name);
        cluster.ifPresent(c -> fields.put("cluster", c));
      }
      case Directory(var path) -> {
        fields.put("kind", "directory");
        fields.put("path", path);
      }
    }
    return fields;
  }

  /// @throws IllegalArgumentException when it lacks something, or has what nobody knows: of a newer
  ///   newleaf it may be another place than it looks like
  static LeafPlace ofFields(Map<String, String> fields) {
    return switch (part(fields, "kind")) {
      case "secret" -> {
        only(fields, Set.of("kind", "namespace", "name", "cluster"));
        yield new Secret(
            part(fields, "namespace"),
            part(fields, "name"),
            Optional.ofNullable(fields.get("cluster")));
      }
      case "directory" -> {
        only(fields, Set.of("kind", "path"));
        yield new Directory(part(fields, "path"));
      }
      default -> throw new IllegalArgumentException("a leaf lies in a secret or a directory");
    };
  }

  private static String part(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name))
        .orElseThrow(() -> new IllegalArgumentException("a place for a leaf needs a " + name));
  }

  private static void only(Map<String, String> fields, Set<String> known) {
    if (!known.containsAll(fields.keySet())) {
      throw new IllegalArgumentException("a place for a leaf has parts that are not known");
    }
  }
}
