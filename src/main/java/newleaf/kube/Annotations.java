package newleaf.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Fingerprint;

/// The annotations that newleaf writes.
final class Annotations {
  /// On Secrets and pod templates, and on an Argo Rollout itself: the leaf's fingerprint.
  static final String LEAF = "newleaf.dev/leaf";

  /// On Secrets: when newleaf wrote it.
  static final String WRITTEN_AT = "newleaf.dev/written-at";

  /// On workloads scaled to 0: how many replicas to come back to.
  static final String REPLICAS = "newleaf.dev/replicas";

  /// Who writes, for field ownership.
  static final String FIELD_MANAGER = "newleaf";

  private Annotations() {}

  /// A number of replicas that can be gone back to.
  static boolean isCount(String text) {
    return text.matches("[0-9]{1,6}");
  }

  static Optional<String> of(ObjectMeta metadata, String name) {
    return Optional.ofNullable(metadata)
        .map(ObjectMeta::getAnnotations)
        .map((Map<String, String> annotations) -> annotations.get(name));
  }

  /// The leaf; empty also when the text is no fingerprint.
  static Optional<Fingerprint> leaf(ObjectMeta metadata) {
    try {
      return of(metadata, LEAF).map(Fingerprint::new);
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // somebody else's text proves nothing
    }
  }
}
