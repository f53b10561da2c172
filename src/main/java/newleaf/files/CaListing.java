package newleaf.files;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.apply.CaStore;

/// What was in a store at one moment; thousands of CAs may share one.
///
/// @param certified by CA, the generations that have a certificate
record CaListing(Set<String> names, Map<String, SortedSet<Integer>> certified) {
  private static final Pattern CERTIFICATE = Pattern.compile("(.+)-g([1-9][0-9]{0,8})\\.crt");

  static CaListing of(CaStore store) throws IOException {
    Set<String> names = Set.copyOf(store.names());
    Map<String, SortedSet<Integer>> certified = new HashMap<>();
    for (String name : names) {
      Matcher parts = CERTIFICATE.matcher(name);
      if (parts.matches()) {
        certified
            .computeIfAbsent(parts.group(1), _ -> new TreeSet<>())
            .add(Integer.valueOf(parts.group(2)));
      }
    }
    return new CaListing(names, certified);
  }

  /// Oldest first.
  List<Integer> generations(String ca) {
    return List.copyOf(certified.getOrDefault(ca, new TreeSet<>()));
  }

  boolean has(String name) {
    return names.contains(name);
  }
}
