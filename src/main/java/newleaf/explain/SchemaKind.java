package newleaf.explain;

import java.util.Locale;

/// The files whose form newleaf can tell as a JSON Schema (2020-12).
public enum SchemaKind {
  /// `newleaf.yaml`
  DESIRED("newleaf.schema.json"),
  /// what `plan --out` saves and `plan -o json` prints
  PLAN("plan.schema.json"),
  /// what `drift -o json` prints
  DRIFT("drift.schema.json"),
  /// a line of `apply --events`
  EVENTS("events.schema.json");

  private final String file;

  SchemaKind(String file) {
    this.file = file;
  }

  /// The file name under which the schema is written beside what it describes.
  public String file() {
    return file;
  }

  public String schema() {
    return Resource.text("/newleaf/schema/" + file)
        .orElseThrow(() -> new IllegalStateException("the program lacks its resource " + file));
  }

  /// As it is written on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
