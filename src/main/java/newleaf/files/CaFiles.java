package newleaf.files;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
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
    return store.names().contains(certificate(generation));
  }

  boolean keyHeld(int generation) throws IOException {
    return store.names().contains(key(generation));
  }

  /// The generations that have a certificate, oldest first. A key alone is a make that was
  /// interrupted, so there is no such CA yet.
  List<Integer> generations() throws IOException {
    Pattern pattern = Pattern.compile(Pattern.quote(name) + "-g([1-9][0-9]{0,8})\\.crt");
    return store.names().stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(m -> Integer.valueOf(m.group(1)))
        .sorted(Comparator.naturalOrder())
        .toList();
  }
}
