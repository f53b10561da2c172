package newleaf.emulator.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Defaults and checks of each kind, as the real API server has them for the fields used here.
final class Rules {
  /// The limit on the data of one Secret.
  private static final int MAX_SECRET_BYTES = 1 << 20;

  private Rules() {}

  /// @throws Rejection 422 when the object may not be so
  static Doc admit(Key key, Optional<Doc> before, Doc object) {
    return switch (key.kind()) {
      case SECRET -> secret(key, before, object);
      case DEPLOYMENT -> deployment(key, before, object);
      case NAMESPACE -> object.with("Active", "status", "phase");
      case POD -> pod(object);
      case REPLICA_SET, STATEFUL_SET, DAEMON_SET, ROLLOUT, AUTOSCALER, LEASE -> object;
    };
  }

  private static Doc secret(Key key, Optional<Doc> before, Doc given) {
    Doc secret = given;
    for (Map.Entry<String, String> e : given.texts("stringData").entrySet()) {
      byte[] value = e.getValue().getBytes(StandardCharsets.UTF_8);
      secret = secret.with(Base64.getEncoder().encodeToString(value), "data", e.getKey());
    }
    secret = secret.without("stringData");
    if (secret.text("type").isEmpty()) {
      secret = secret.with("Opaque", "type");
    }
    checkSize(key, secret);
    if (secret.text("type").equals("kubernetes.io/tls")) {
      for (String name : List.of("tls.crt", "tls.key")) {
        boolean there = secret.at("data", name).isPresent();
        require(key, there, "data[" + name + "]", "Required value");
      }
    }
    if (before.isPresent()) {
      checkUnchanged(key, before.get(), secret);
    }
    return secret;
  }

  private static void checkSize(Key key, Doc secret) {
    int bytes = 0;
    for (String value : secret.texts("data").values()) {
      try {
        bytes += Base64.getDecoder().decode(value).length;
      } catch (IllegalArgumentException _) {
        throw Rejection.badRequest("Secret in version \"v1\" cannot be handled: illegal base64");
      }
    }
    String tooLong = "Too long: may not be more than " + MAX_SECRET_BYTES + " bytes";
    require(key, bytes <= MAX_SECRET_BYTES, "data", tooLong);
  }

  private static void checkUnchanged(Key key, Doc before, Doc secret) {
    String forbidden = "Forbidden: field is immutable when `immutable` is set";
    boolean frozen = before.flag("immutable");
    boolean sameType = before.text("type").equals(secret.text("type"));
    boolean sameData = before.child("data").equals(secret.child("data"));
    require(key, sameType, "type", "field is immutable");
    require(key, !frozen || secret.flag("immutable"), "immutable", forbidden);
    require(key, !frozen || sameData, "data", forbidden);
  }

  private static Doc deployment(Key key, Optional<Doc> before, Doc given) {
    Doc selector = given.child("spec", "selector");
    Map<String, String> wanted = given.texts("spec", "selector", "matchLabels");
    Map<String, String> labels = given.texts("spec", "template", "metadata", "labels");
    require(key, !wanted.isEmpty(), "spec.selector", "Required value");
    boolean sameSelector =
        before.map(b -> b.child("spec", "selector").equals(selector)).orElse(true);
    require(key, sameSelector, "spec.selector", "field is immutable");
    require(
        key,
        labels.entrySet().containsAll(wanted.entrySet()),
        "spec.template.metadata.labels",
        "Invalid value: `selector` does not match template `labels`");
    require(
        key,
        !given.children("spec", "template", "spec", "containers").isEmpty(),
        "spec.template.spec.containers",
        "Required value");
    require(
        key,
        given.number(1, "spec", "replicas") >= 0,
        "spec.replicas",
        "Invalid value: must be greater than or equal to 0");
    return defaulted(given);
  }

  private static void require(Key key, boolean holds, String field, String otherwise) {
    if (!holds) {
      throw Rejection.invalid(key, field, otherwise);
    }
  }

  private static Doc defaulted(Doc given) {
    Doc deployment = given;
    if (given.at("spec", "replicas").isEmpty()) {
      deployment = deployment.with(1L, "spec", "replicas");
    }
    if (given.at("spec", "progressDeadlineSeconds").isEmpty()) {
      deployment = deployment.with(600L, "spec", "progressDeadlineSeconds");
    }
    return strategy(deployment);
  }

  private static Doc strategy(Doc given) {
    Doc deployment = given;
    if (given.text("spec", "strategy", "type").isEmpty()) {
      deployment = deployment.with("RollingUpdate", "spec", "strategy", "type");
    }
    if (deployment.text("spec", "strategy", "type").equals("RollingUpdate")) {
      for (String bound : List.of("maxSurge", "maxUnavailable")) {
        if (deployment.at("spec", "strategy", "rollingUpdate", bound).isEmpty()) {
          deployment = deployment.with("25%", "spec", "strategy", "rollingUpdate", bound);
        }
      }
    }
    return deployment;
  }

  private static Doc pod(Doc given) {
    return given.text("status", "phase").isEmpty()
        ? given.with("Pending", "status", "phase")
        : given;
  }
}
