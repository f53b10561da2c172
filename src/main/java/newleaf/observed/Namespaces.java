package newleaf.observed;

import java.util.Collection;
import java.util.List;

/// Reads namespaces of the account.
@FunctionalInterface
public interface Namespaces {
  /// Those of the named namespaces that exist, in no special order.
  ///
  /// @throws newleaf.NewleafException Denied or RemoteError
  List<NamespaceReading> read(Collection<String> names);
}
