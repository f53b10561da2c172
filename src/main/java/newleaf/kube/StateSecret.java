package newleaf.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Secrets that a state is made of, as objects of the API.
///
/// @param state its name, on each of its Secrets as a label
record StateSecret(String namespace, String state) {
  /// No other tool takes it for its own, and none mounts it by its type.
  static final String TYPE = "newleaf.dev/state";

  /// The label on each document.
  static final String STATE = "newleaf.dev/state";

  /// The label on each part of a document.
  static final String PART = "newleaf.dev/state-part";

  private static final String DOCUMENT = "newleaf.dev/document";
  private static final String PARTS = "newleaf.dev/parts";
  private static final String DATA = "content.gz";

  static Optional<String> document(Secret secret) {
    return Annotations.of(secret.getMetadata(), DOCUMENT);
  }

  static boolean isOurs(Secret secret) {
    return TYPE.equals(secret.getType());
  }

  /// @throws IOException when it is not what newleaf wrote
  static Content content(Secret secret) throws IOException {
    List<String> parts =
        Annotations.of(secret.getMetadata(), PARTS)
            .filter(names -> !names.isEmpty())
            .map(names -> List.of(names.split(" ")))
            .orElse(List.of());
    return new Content(parts, bytes(secret));
  }

  static byte[] bytes(Secret secret) throws IOException {
    String text =
        Optional.ofNullable(secret.getData())
            .map((Map<String, String> data) -> data.get(DATA))
            .orElseThrow(() -> new IOException("it has no " + DATA));
    try {
      return Content.unpacked(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new IOException("no base64", e);
    }
  }

  /// @param before what is there; labels of others stay
  Secret document(String name, String document, Optional<Secret> before, Content content) {
    return before
        .map(SecretBuilder::new)
        .orElseGet(() -> secret(name))
        .editMetadata()
        .addToLabels(STATE, state)
        .addToAnnotations(DOCUMENT, document)
        .addToAnnotations(PARTS, String.join(" ", content.parts()))
        .endMetadata()
        .withData(data(content.rest()))
        .build();
  }

  Secret part(String name, byte[] bytes) {
    return secret(name)
        .editMetadata()
        .addToLabels(PART, state)
        .endMetadata()
        .withImmutable(true)
        .withData(data(bytes))
        .build();
  }

  private SecretBuilder secret(String name) {
    ObjectMeta metadata = new ObjectMeta();
    metadata.setNamespace(namespace);
    metadata.setName(name);
    return new SecretBuilder().withMetadata(metadata).withType(TYPE);
  }

  private static Map<String, String> data(byte[] plain) {
    return Map.of(DATA, Base64.getEncoder().encodeToString(Content.packed(plain)));
  }
}
