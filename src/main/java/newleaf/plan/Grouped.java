package newleaf.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Things by a key that several of them may have, in the order in which they came.
public final class Grouped<K, T> {
  private final Map<K, List<T>> lists = new HashMap<>();

  public void add(K key, T one) {
    lists.computeIfAbsent(key, _ -> new ArrayList<>()).add(one);
  }

  /// None, when none has the key.
  public List<T> of(K key) {
    return lists.getOrDefault(key, List.of());
  }
}
