package newleaf.emulator.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a pod takes from Secrets: volumes, and variables.
record PodSecrets(Store store, Doc pod) {

  /// Secret names by volume name. Of a projected volume the first Secret.
  Map<String, String> volumes() {
    Map<String, String> found = new TreeMap<>();
    for (Doc volume : pod.children("spec", "volumes")) {
      volume
          .find("secret", "secretName")
          .or(() ->
              volume.children("projected", "sources").stream()
                  .flatMap(s -> s.find("secret", "name").stream())
                  .findFirst())
          .ifPresent(secret -> found.put(volume.text("name"), secret));
    }
    return found;
  }

  Optional<Doc> secret(String name) {
    return store.get(new Key(Kind.SECRET, pod.namespace(), name));
  }

  /// All Secrets mounted as volumes are there; until then a pod does not start.
  boolean complete() {
    return volumes().values().stream().allMatch(name -> secret(name).isPresent());
  }

  /// Variables of the first container, resolved once as in Kubernetes: they never change later.
  Map<String, String> env() {
    Map<String, String> env = new TreeMap<>();
    for (Doc container : pod.children("spec", "containers").stream().limit(1).toList()) {
      for (Doc source : container.children("envFrom")) {
        source
            .find("secretRef", "name")
            .flatMap(this::secret)
            .ifPresent(s -> s.texts("data").keySet().forEach(k -> env.put(k, value(s, k))));
      }
      for (Doc variable : container.children("env")) {
        Doc reference = variable.child("valueFrom", "secretKeyRef");
        Optional<String> secret =
            reference.find("name").flatMap(this::secret).map(s -> value(s, reference.text("key")));
        env.put(variable.text("name"), secret.orElse(variable.text("value")));
      }
    }
    return env;
  }

  private static String value(Doc secret, String key) {
    byte[] bytes = Base64.getDecoder().decode(secret.text("data", key));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
