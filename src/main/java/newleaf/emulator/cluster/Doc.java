package newleaf.emulator.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A JSON object that never changes: nested objects are `Doc`, arrays `List`, whole numbers `Long`.
/// Fields are sorted, so equal objects have equal text. Stored objects can be handed to any thread.
record Doc(Map<String, Object> fields) {
  static final Doc EMPTY = new Doc(Map.of());

  /// JSON `null`, which only merge patches give a meaning.
  enum Null {
    NULL
  }

  Doc {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  static Doc of(String name, Object value) {
    return EMPTY.with(value, name);
  }

  Optional<Object> at(String... path) {
    Object here = this;
    for (String name : path) {
      if (!(here instanceof Doc doc) || doc.fields.get(name) == null) {
        return Optional.empty();
      }
      here = doc.fields.get(name);
    }
    return Optional.of(here);
  }

  Optional<String> find(String... path) {
    return at(path).filter(String.class::isInstance).map(String.class::cast);
  }

  /// The text at the path, empty when there is none.
  String text(String... path) {
    return find(path).orElse("");
  }

  long number(long otherwise, String... path) {
    return at(path).orElse(otherwise) instanceof Long number ? number : otherwise;
  }

  boolean flag(String... path) {
    return at(path).filter(Boolean.TRUE::equals).isPresent();
  }

  /// The object at the path, empty when there is none.
  Doc child(String... path) {
    return at(path).orElse(EMPTY) instanceof Doc doc ? doc : EMPTY;
  }

  /// The objects in the array at the path.
  List<Doc> children(String... path) {
    List<Doc> found = new ArrayList<>();
    if (at(path).orElse(List.of()) instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Doc doc) {
          found.add(doc);
        }
      }
    }
    return found;
  }

  /// The object at the path as text by name (labels, annotations, data).
  Map<String, String> texts(String... path) {
    Map<String, String> found = new TreeMap<>();
    child(path).fields.forEach((name, value) -> found.put(name, String.valueOf(value)));
    return found;
  }

  Doc with(Object value, String... path) {
    Map<String, Object> changed = new TreeMap<>(fields);
    String name = path[0];
    changed.put(name, path.length == 1 ? value : child(name).with(value, rest(path)));
    return new Doc(changed);
  }

  Doc without(String... path) {
    if (at(path).isEmpty()) {
      return this;
    }
    Map<String, Object> changed = new TreeMap<>(fields);
    if (path.length == 1) {
      changed.remove(path[0]);
    } else {
      changed.put(path[0], child(path[0]).without(rest(path)));
    }
    return new Doc(changed);
  }

  private static String[] rest(String... path) {
    return Arrays.copyOfRange(path, 1, path.length);
  }

  String namespace() {
    return text("metadata", "namespace");
  }

  String name() {
    return text("metadata", "name");
  }

  String uid() {
    return text("metadata", "uid");
  }

  boolean terminating() {
    return at("metadata", "deletionTimestamp").isPresent();
  }

  /// Never the content: it may be a Secret.
  @Override
  public String toString() {
    return text("kind") + " " + namespace() + "/" + name();
  }
}
