package newleaf.emulator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lays one object over another. Lists are either replaced (RFC 7386) or, where Kubernetes knows
/// what names an item, merged item by item.
enum Merge {
  JSON,
  STRATEGIC;

  private static final Map<String, String> KEYS =
      Map.of(
          "containers", "name",
          "initContainers", "name",
          "env", "name",
          "volumes", "name",
          "volumeMounts", "mountPath",
          "ports", "containerPort",
          "ownerReferences", "uid",
          "conditions", "type");

  /// What names an item of the list with that field name; empty when the list is one value.
  static Optional<String> itemKey(String list) {
    return Optional.ofNullable(KEYS.get(list));
  }

  Doc over(Doc base, Doc top) {
    Doc merged = base;
    for (Map.Entry<String, Object> field : top.fields().entrySet()) {
      String name = field.getKey();
      if (this == STRATEGIC && name.startsWith("$")) {
        continue; // directives: item order and retained keys change nothing that is used here
      }
      merged =
          switch (field.getValue()) {
            case Doc.Null _ -> merged.without(name);
            case Doc part -> merged.with(over(merged.child(name), part), name);
            case List<?> items -> merged.with(list(name, merged, items), name);
            case Object value -> merged.with(value, name);
          };
    }
    return merged;
  }

  private List<?> list(String name, Doc base, List<?> items) {
    Optional<String> key = itemKey(name).filter(_ -> this == STRATEGIC);
    if (key.isEmpty()) {
      return items;
    }
    List<Doc> merged = new ArrayList<>(base.children(name));
    for (Doc item : Doc.of(name, items).children(name)) {
      int at = indexOf(merged, key.get(), item);
      if (item.text("$patch").equals("delete")) {
        merged.removeIf(m -> m.at(key.get()).equals(item.at(key.get())));
      } else if (at < 0) {
        merged.add(over(Doc.EMPTY, item));
      } else {
        merged.set(at, over(merged.get(at), item));
      }
    }
    return List.copyOf(merged);
  }

  private static int indexOf(List<Doc> items, String key, Doc wanted) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).at(key).equals(wanted.at(key))) {
        return i;
      }
    }
    return -1;
  }
}
