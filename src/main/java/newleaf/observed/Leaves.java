package newleaf.observed;

import java.util.Collection;
import java.util.List;

/// Reads what lies at the places for leaves. Private keys are looked at (do they match?) and
/// dropped.
@FunctionalInterface
public interface Leaves {
  /// One answer for each place, also where there is nothing.
  ///
  /// @param issuers says which known CA signed a leaf
  /// @throws newleaf.NewleafException Denied or RemoteError
  List<ObservedLeaf> read(Collection<LeafPlace> places, Issuers issuers);
}
