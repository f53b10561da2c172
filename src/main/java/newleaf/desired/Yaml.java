package newleaf.desired;

import java.util.List;
import java.util.Map;
import java.util.Set;
import newleaf.Source;

/// What a YAML document is made of, each part knowing its place. No numbers and no booleans: what a
/// text means is decided where it is used, so that `commonName: 007` stays what it says.
sealed interface Yaml {
  Source at();

  /// @param plain written without quotes
  record Text(String value, boolean plain, Source at) implements Yaml {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    boolean isNothing() {
      return value.isBlank() || plain && NULLS.contains(value);
    }
  }

  record Items(List<Yaml> items, Source at) implements Yaml {}

  /// In the order of the file.
  record Fields(Map<String, Entry> entries, Source at) implements Yaml {}

  /// Stands where something was that has been reported already.
  record Broken(Source at) implements Yaml {}

  record Entry(Source key, Yaml value) {}
}
