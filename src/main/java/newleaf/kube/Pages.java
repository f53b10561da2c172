package newleaf.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.ArrayList;
import java.util.List;

/// Lists page by page, so that neither the API server nor this process holds more than one as text.
final class Pages {
  /// As kubectl does (`--chunk-size`).
  private static final long LIMIT = 500;

  private static final int GONE = 410;

  private Pages() {}

  static <T extends HasMetadata> List<T> all(Listable<? extends KubernetesResourceList<T>> some) {
    List<T> found = new ArrayList<>();
    String next = "";
    do {
      KubernetesResourceList<T> page;
      try {
        page = some.list(from(next));
      } catch (KubernetesClientException e) {
        if (e.getCode() != GONE || next.isEmpty()) {
          throw e;
        }
        return some.list().getItems(); // it took so long that the rest of this list is forgotten
      }
      found.addAll(page.getItems());
      String token = page.getMetadata() == null ? null : page.getMetadata().getContinue();
      next = token == null ? "" : token;
    } while (!next.isEmpty());
    return found;
  }

  private static ListOptions from(String token) {
    ListOptionsBuilder options = new ListOptionsBuilder().withLimit(LIMIT);
    return token.isEmpty() ? options.build() : options.withContinue(token).build();
  }
}
