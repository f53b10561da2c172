package newleaf.adopt;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import newleaf.observed.NamespaceReading;

/// Lists every namespace of the account.
@FunctionalInterface
public interface AllNamespaces {

  /// @throws newleaf.NewleafException Denied or RemoteError
  Listing list();

  /// @param unreadable why, by the name of a namespace whose bundle can not be read
  record Listing(List<NamespaceReading> namespaces, Map<String, String> unreadable) {
    public Listing {
      namespaces = List.copyOf(namespaces);
      unreadable = new TreeMap<>(unreadable);
    }
  }
}
