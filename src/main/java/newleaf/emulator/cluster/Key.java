package newleaf.emulator.cluster;

/// Names one object. `namespace` is empty for kinds without one.
record Key(Kind kind, String namespace, String name) {
  static Key of(Kind kind, Doc object) {
    return new Key(kind, object.namespace(), object.name());
  }
}
