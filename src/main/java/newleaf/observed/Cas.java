package newleaf.observed;

import java.util.List;

/// Reads the generations of CAs that newleaf keeps: certificates and whether the key is there.
/// Needs no passphrase.
@FunctionalInterface
public interface Cas {
  /// Oldest generation first; empty when there is none yet.
  List<CaReading> read(CaRef ca);

  /// The same of many, one after the other.
  default List<CaReading> readAll(List<CaRef> cas) {
    return cas.stream().flatMap(ca -> read(ca).stream()).toList();
  }
}
