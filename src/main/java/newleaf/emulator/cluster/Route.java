package newleaf.emulator.cluster;

import java.util.List;
import java.util.Optional;

/// What a path of the API names: objects of a kind, in one namespace or all, one of them, or a
/// subresource of that.
record Route(
    Kind kind, Optional<String> namespace, Optional<String> name, Optional<String> subresource) {

  /// `/api/v1/namespaces/x/secrets/y`, `/apis/apps/v1/namespaces/x/deployments/y/status`, ...
  static Route of(String path) {
    List<String> parts = List.of(path.substring(1).split("/"));
    boolean core = parts.getFirst().equals("api");
    int start = core ? 2 : 3;
    if (parts.size() <= start || !(core || parts.getFirst().equals("apis"))) {
      throw Rejection.noSuchPath();
    }
    String group = core ? "" : parts.get(1);
    String version = parts.get(start - 1);
    List<String> rest = parts.subList(start, parts.size());
    boolean namespaced = rest.size() >= 3 && rest.getFirst().equals("namespaces") && inside(rest);
    Optional<String> namespace = namespaced ? Optional.of(rest.get(1)) : Optional.empty();
    List<String> target = namespaced ? rest.subList(2, rest.size()) : rest;
    Kind kind = Kind.of(group, version, target.getFirst()).orElseThrow(Rejection::noSuchPath);
    if (target.size() > 3) {
      throw Rejection.noSuchPath();
    }
    return new Route(kind, namespace, part(target, 1), part(target, 2));
  }

  /// `namespaces/x/status` is about the namespace, `namespaces/x/pods` about what is in it.
  private static boolean inside(List<String> rest) {
    return !List.of("status", "finalize").contains(rest.get(2));
  }

  private static Optional<String> part(List<String> parts, int index) {
    return parts.size() > index ? Optional.of(parts.get(index)) : Optional.empty();
  }

  Key key(String objectName) {
    return new Key(kind, kind.namespaced() ? namespace.orElse("") : "", objectName);
  }

  boolean isStatus() {
    return subresource.filter("status"::equals).isPresent();
  }
}
