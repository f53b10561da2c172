package newleaf.emulator.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// RFC 6902 on a [Doc].
final class JsonPatch {
  private JsonPatch() {}

  static Doc apply(Doc target, List<Doc> operations) {
    Object changed = target;
    for (Doc operation : operations) {
      changed = apply(changed, operation);
    }
    if (changed instanceof Doc doc) {
      return doc;
    }
    throw refusal("the result is no object");
  }

  private static Object apply(Object target, Doc operation) {
    List<String> path = path(operation.text("path"));
    Object value = operation.at("value").orElse(Doc.Null.NULL);
    return switch (operation.text("op")) {
      case "add" -> put(target, path, value, true);
      case "replace" -> put(target, path, value, false);
      case "remove" -> remove(target, path);
      case "test" -> {
        if (!get(target, path).equals(value)) {
          throw refusal("testing value " + operation.text("path") + " failed");
        }
        yield target;
      }
      case "copy" -> put(target, path, get(target, path(operation.text("from"))), true);
      case "move" -> {
        List<String> from = path(operation.text("from"));
        yield put(remove(target, from), path, get(target, from), true);
      }
      default -> throw refusal("unknown operation " + operation.text("op"));
    };
  }

  private static List<String> path(String pointer) {
    return Arrays.stream(pointer.split("/", -1))
        .skip(1)
        .map(part -> part.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private static Object get(Object target, List<String> path) {
    Object here = target;
    for (String part : path) {
      here =
          child(here, part).orElseThrow(() -> refusal("no such path: " + String.join("/", path)));
    }
    return here;
  }

  private static Optional<Object> child(Object parent, String part) {
    return switch (parent) {
      case Doc doc -> doc.at(part);
      case List<?> items -> Optional.of(items.get(index(items, part)));
      default -> Optional.empty();
    };
  }

  private static Object put(Object target, List<String> path, Object value, boolean add) {
    if (path.isEmpty()) {
      return value;
    }
    String part = path.getFirst();
    boolean last = path.size() == 1;
    if (!last) {
      Object child = get(target, List.of(part));
      return with(target, part, put(child, path.subList(1, path.size()), value, add));
    }
    if (!add) {
      get(target, path); // replacing what is not there is an error
    }
    return add && target instanceof List<?> items
        ? inserted(items, part, value)
        : with(target, part, value);
  }

  private static Object with(Object parent, String part, Object value) {
    if (parent instanceof Doc doc) {
      return doc.with(value, part);
    }
    if (!(parent instanceof List<?> list)) {
      throw refusal("not an object or array: " + part);
    }
    List<Object> items = new ArrayList<>(list);
    items.set(index(items, part), value);
    return List.copyOf(items);
  }

  private static Object inserted(List<?> items, String part, Object value) {
    List<Object> longer = new ArrayList<>(items);
    longer.add(part.equals("-") ? items.size() : Integer.parseInt(part), value);
    return List.copyOf(longer);
  }

  private static Object remove(Object target, List<String> path) {
    Object parent = get(target, path.subList(0, path.size() - 1));
    String part = path.getLast();
    get(parent, List.of(part));
    Object shorter =
        switch (parent) {
          case Doc doc -> doc.without(part);
          case List<?> items -> {
            List<Object> rest = new ArrayList<>(items);
            rest.remove(index(items, part));
            yield List.copyOf(rest);
          }
          default -> throw refusal("not an object or array: " + part);
        };
    return put(target, path.subList(0, path.size() - 1), shorter, false);
  }

  private static int index(List<?> items, String part) {
    try {
      int index = Integer.parseInt(part);
      if (index >= 0 && index < items.size()) {
        return index;
      }
    } catch (NumberFormatException _) {
      throw refusal("not an index: " + part);
    }
    throw refusal("index " + part + " is out of range");
  }

  private static Rejection refusal(String why) {
    return Rejection.badRequest("the server rejected our JSON patch: " + why);
  }
}
