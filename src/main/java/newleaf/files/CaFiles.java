package newleaf.files;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import newleaf.apply.CaStore;
import newleaf.observed.CaRef;

/// The files of one CA: `<name>-g<generation>.key` and `.crt` in its store.
record CaFiles(CaStore store, String name) {
  private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\:\\s][^/\\\\:]*");

  static CaFiles of(CaStore store, CaRef ca) {
    if (!FILE_NAME.matcher(ca.name()).matches()) {
      throw new IllegalArgumentException("the name of a CA is no file name: " + ca.name());
    }
    return new CaFiles(store, ca.name());
  }

  String key(int generation) {
    return name + "-g" + generation + ".key";
  }

  String certificate(int generation) {
    return name + "-g" + generation + ".crt";
  }

  String where(String file) {
    return store.where(file);
  }

  boolean certified(int generation) throws IOException {
    return store.has(certificate(generation));
  }

  boolean keyHeld(int generation) throws IOException {
    return store.has(key(generation));
  }

  /// The generations that have a certificate, oldest first. A key alone is a make that was
  /// interrupted, so there is no such CA yet.
  List<Integer> generations() throws IOException {
    return CaListing.of(store).generations(name);
  }
}
