package newleaf.emulator.cluster;

import java.util.Base64;
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
      case REPLICA_SET, LEASE -> object;
    };
  }

  private static Doc secret(Key key, Optional<Doc> before, Doc given) {
    Doc secret = given;
    for (Map.Entry<String, String> e : given.texts("stringData").entrySet()) {
      byte[] value = e.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      secret = secret.with(Base64.getEncoder().encodeToString(value), "data", e.getKey());
    }
    secret = secret.without("stringData");
    if (secret.text("type").isEmpty()) {
      secret = secret.with("Opaque", "type");
    }
    checkSize(key, secret);
    if (secret.text("type").equals("kubernetes.io/tls")) {
      for (String required : new String[] {"tls.crt", "tls.key"}) {
        if (secret.at("data", required).isEmpty()) {
          throw Rejection.invalid(key, "data[" + required + "]", "Required value");
        }
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
    if (bytes > MAX_SECRET_BYTES) {
      throw Rejection.invalid(key, "data", "Too long: may not be more than 1048576 bytes");
    }
  }

  private static void checkUnchanged(Key key, Doc before, Doc secret) {
    if (!before.text("type").equals(secret.text("type"))) {
      throw Rejection.invalid(key, "type", "field is immutable");
    }
    if (before.flag("immutable") && !secret.flag("immutable")) {
      throw Rejection.invalid(
          key, "immutable", "Forbidden: field is immutable when `immutable` is set");
    }
    if (before.flag("immutable") && !before.child("data").equals(secret.child("data"))) {
      throw Rejection.invalid(key, "data", "Forbidden: field is immutable when `immutable` is set");
    }
  }

  private static Doc deployment(Key key, Optional<Doc> before, Doc given) {
    Doc selector = given.child("spec", "selector", "matchLabels");
    if (selector.fields().isEmpty()) {
      throw Rejection.invalid(key, "spec.selector", "Required value");
    }
    if (before.isPresent()
        && !before.get().child("spec", "selector").equals(given.child("spec", "selector"))) {
      throw Rejection.invalid(key, "spec.selector", "field is immutable");
    }
    Map<String, String> labels = given.texts("spec", "template", "metadata", "labels");
    if (!labels.entrySet().containsAll(Doc.EMPTY.with(selector, "s").texts("s").entrySet())) {
      throw Rejection.invalid(
          key,
          "spec.template.metadata.labels",
          "Invalid value: `selector` does not match template `labels`");
    }
    if (given.children("spec", "template", "spec", "containers").isEmpty()) {
      throw Rejection.invalid(key, "spec.template.spec.containers", "Required value");
    }
    if (given.number(1, "spec", "replicas") < 0) {
      throw Rejection.invalid(key, "spec.replicas", "must be greater than or equal to 0");
    }
    return defaulted(given);
  }

  private static Doc defaulted(Doc given) {
    Doc deployment = given;
    if (given.at("spec", "replicas").isEmpty()) {
      deployment = deployment.with(1L, "spec", "replicas");
    }
    if (given.at("spec", "progressDeadlineSeconds").isEmpty()) {
      deployment = deployment.with(600L, "spec", "progressDeadlineSeconds");
    }
    return given.text("spec", "strategy", "type").isEmpty()
        ? deployment.with("RollingUpdate", "spec", "strategy", "type")
        : deployment;
  }

  private static Doc pod(Doc given) {
    return given.text("status", "phase").isEmpty()
        ? given.with("Pending", "status", "phase")
        : given;
  }
}
