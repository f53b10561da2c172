package newleaf.desired;

import java.util.Optional;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// Where a leaf is delivered to (`secret` or `directory`) and what loads it (`deployment`).
final class PlaceYaml {
  private PlaceYaml() {}

  static Optional<LeafPlace> read(Section section, boolean required) {
    Optional<LeafPlace> secret =
        section
            .optionalText("secret", Names::kubernetes)
            .map(t -> new LeafPlace.Secret(namespace(t), name(t)));
    Optional<LeafPlace> directory =
        section
            .optionalText("directory", Section.Check.ANY)
            .map(t -> new LeafPlace.Directory(t.value()));
    boolean both = section.has("secret") && section.has("directory");
    boolean none = !section.has("secret") && !section.has("directory");
    if (both || none && required) {
      section
          .problems()
          .add(
              Codes.PLACE,
              both ? section.at("directory") : section.at(),
              "this %s has %s secret and directory; a leaf is delivered to one place."
                  .formatted(section.name(), both ? "both" : "neither"),
              both ? "Remove one of the two." : "Add `secret: <namespace>/<name>`.");
    }
    return secret.or(() -> directory);
  }

  static Optional<WorkerRef> deployment(Section section) {
    return section
        .optionalText("deployment", Names::kubernetes)
        .map(t -> new WorkerRef(namespace(t), name(t)));
  }

  private static String namespace(Located<String> text) {
    return text.value().substring(0, Math.max(0, text.value().indexOf('/')));
  }

  private static String name(Located<String> text) {
    return text.value().substring(text.value().indexOf('/') + 1);
  }
}
