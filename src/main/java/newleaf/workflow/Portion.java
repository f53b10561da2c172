package newleaf.workflow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import newleaf.json.Json;

/// As much as goes into one payload: the service refuses one of more than 2 MB (documented limit).
final class Portion {
  private static final int BYTES = 500_000;

  private Portion() {}

  /// The first of them, and at least one if there is any.
  static <T> List<T> of(List<T> all) {
    List<T> first = new ArrayList<>();
    int bytes = 0;
    for (T one : all) {
      bytes += Json.line(one).getBytes(StandardCharsets.UTF_8).length;
      if (!first.isEmpty() && bytes > BYTES) {
        return first;
      }
      first.add(one);
    }
    return first;
  }
}
