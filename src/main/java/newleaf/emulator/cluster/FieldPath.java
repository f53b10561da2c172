package newleaf.emulator.cluster;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One owned field in the segments of `fieldsV1`: `f:name` for a field, `k:{"name":"x"}` for the
/// item of a list.
record FieldPath(List<String> segments) {
  /// Metadata that names the object or that only the server writes; who wrote it is not recorded.
  static final Set<String> SERVER_OWNED =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields");

  FieldPath {
    segments = List.copyOf(segments);
  }

  /// All leaf fields of an object that can be owned.
  static Set<FieldPath> of(Doc object) {
    Doc metadata = object.child("metadata");
    for (String name : SERVER_OWNED) {
      metadata = metadata.without(name);
    }
    Doc owned = object.without("apiVersion").without("kind").without("status");
    owned =
        metadata.fields().isEmpty() ? owned.without("metadata") : owned.with(metadata, "metadata");
    Set<FieldPath> found = new LinkedHashSet<>();
    fields(new FieldPath(List.of()), owned, found);
    return found;
  }

  private static void fields(FieldPath at, Doc doc, Set<FieldPath> found) {
    doc.fields().forEach((name, value) -> field(at.then("f:" + name), name, value, found));
  }

  private static void field(FieldPath at, String name, Object value, Set<FieldPath> found) {
    Optional<String> key = Merge.itemKey(name);
    if (value instanceof Doc doc && !doc.fields().isEmpty()) {
      fields(at, doc, found);
    } else if (value instanceof List<?> && key.isPresent()) {
      for (Doc item : Doc.of(name, value).children(name)) {
        Doc named = Doc.of(key.get(), item.at(key.get()).orElse(""));
        fields(at.then("k:" + Wire.line(named)), item, found);
      }
    } else {
      found.add(at);
    }
  }

  private FieldPath then(String segment) {
    List<String> longer = new ArrayList<>(segments);
    longer.add(segment);
    return new FieldPath(longer);
  }

  Optional<Object> in(Doc object) {
    Object here = object;
    for (String segment : segments) {
      Optional<Object> next = step(here, segment);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      here = next.get();
    }
    return Optional.of(here);
  }

  private static Optional<Object> step(Object here, String segment) {
    return switch (here) {
      case Doc doc when segment.startsWith("f:") -> doc.at(segment.substring(2));
      case List<?> items when segment.startsWith("k:") ->
          Doc.of("items", items).children("items").stream()
              .filter(item -> named(item, segment))
              .findFirst()
              .map(Object.class::cast);
      default -> Optional.empty();
    };
  }

  private static boolean named(Doc item, String segment) {
    Doc key = Wire.object(segment.substring(2));
    return key.fields().entrySet().stream()
        .allMatch(e -> item.at(e.getKey()).filter(e.getValue()::equals).isPresent());
  }

  /// The object without this field; objects and list items left empty go as well.
  Doc removedFrom(Doc object) {
    return without(object, segments) instanceof Doc doc ? doc : Doc.EMPTY;
  }

  private static Object without(Object here, List<String> path) {
    Optional<Object> child = step(here, path.getFirst());
    if (child.isEmpty()) {
      return here;
    }
    Object left = path.size() == 1 ? Doc.EMPTY : without(child.get(), path.subList(1, path.size()));
    boolean empty = left.equals(Doc.EMPTY) || left.equals(List.of());
    if (here instanceof Doc doc) {
      String name = path.getFirst().substring(2);
      return empty ? doc.without(name) : doc.with(left, name);
    }
    List<Object> items = new ArrayList<>(here instanceof List<?> list ? list : List.of());
    int index = items.indexOf(child.get());
    if (empty) {
      items.remove(index);
    } else {
      items.set(index, left);
    }
    return List.copyOf(items);
  }

  static Doc toFieldsV1(Set<FieldPath> paths) {
    Doc tree = Doc.EMPTY;
    for (FieldPath path : paths) {
      String[] names = path.segments.toArray(String[]::new);
      tree = tree.at(names).isPresent() ? tree : tree.with(Doc.EMPTY, names);
    }
    return tree;
  }

  static Set<FieldPath> fromFieldsV1(Doc tree) {
    Set<FieldPath> found = new LinkedHashSet<>();
    collect(new FieldPath(List.of()), tree, found);
    return found;
  }

  private static void collect(FieldPath at, Doc tree, Set<FieldPath> found) {
    for (Map.Entry<String, Object> e : tree.fields().entrySet()) {
      Doc below = tree.child(e.getKey());
      if (below.fields().isEmpty()) {
        found.add(at.then(e.getKey()));
      } else {
        collect(at.then(e.getKey()), below, found);
      }
    }
  }

  /// `.data.tls.crt`, `.spec.template.spec.containers[name="worker"].image`
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String segment : segments) {
      if (segment.startsWith("f:")) {
        text.append('.').append(segment.substring(2));
      } else {
        String key = segment.substring(3, segment.length() - 1);
        text.append('[').append(key.replaceFirst("\"(\\w+)\":", "$1=")).append(']');
      }
    }
    return text.toString();
  }
}
