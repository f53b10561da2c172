package newleaf.emulator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/version`, `/api`, `/apis` and the lists of resources below them.
final class Discovery {
  private static final List<String> GROUPS =
      List.of("apps/v1", "autoscaling/v2", "coordination.k8s.io/v1", "argoproj.io/v1alpha1");

  private Discovery() {}

  static Optional<Doc> answer(String path) {
    return switch (path) {
      case "/version" ->
          Optional.of(
              Doc.of("major", "1").with("34", "minor").with("v1.34.0+newleaf", "gitVersion"));
      case "/api" -> Optional.of(Doc.of("kind", "APIVersions").with(List.of("v1"), "versions"));
      case "/apis" ->
          Optional.of(
              list("APIGroupList").with(GROUPS.stream().map(Discovery::group).toList(), "groups"));
      case "/api/v1" -> Optional.of(resources("", "v1"));
      default ->
          GROUPS.stream()
              .filter(g -> path.equals("/apis/" + g) || path.equals("/apis/" + name(g)))
              .findFirst()
              .map(g -> path.equals("/apis/" + g) ? resources(name(g), g) : group(g));
    };
  }

  private static Doc list(String kind) {
    return Doc.of("kind", kind).with("v1", "apiVersion");
  }

  private static String name(String groupVersion) {
    return groupVersion.substring(0, groupVersion.indexOf('/'));
  }

  private static Doc group(String groupVersion) {
    String name = name(groupVersion);
    Doc version =
        Doc.of("groupVersion", groupVersion)
            .with(groupVersion.substring(name.length() + 1), "version");
    return list("APIGroup")
        .with(name, "name")
        .with(List.of(version), "versions")
        .with(version, "preferredVersion");
  }

  private static Doc resources(String group, String groupVersion) {
    List<Doc> found = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kind.group().equals(group)) {
        found.add(resource(kind, kind.plural()));
        if (kind.hasStatus()) {
          found.add(resource(kind, kind.plural() + "/status"));
        }
      }
    }
    return list("APIResourceList").with(groupVersion, "groupVersion").with(found, "resources");
  }

  private static Doc resource(Kind kind, String name) {
    return Doc.of("name", name)
        .with("", "singularName")
        .with(kind.namespaced(), "namespaced")
        .with(kind.kind(), "kind")
        .with(List.of("create", "delete", "get", "list", "patch", "update", "watch"), "verbs");
  }
}
