package newleaf.observed;

import java.util.List;
import newleaf.cert.Fingerprint;

/// What to look at.
///
/// @param adopted CAs that somebody else made, to be found in the bundles
public record Scope(
    List<String> namespaces,
    List<CaRef> cas,
    List<Adopted> adopted,
    List<LeafPlace> places,
    List<Workers.Question> workers) {
  /// @param ca the name in the YAML that it goes by
  public record Adopted(String ca, Fingerprint certificate) {}

  public Scope {
    namespaces = List.copyOf(namespaces);
    cas = List.copyOf(cas);
    adopted = List.copyOf(adopted);
    places = List.copyOf(places);
    workers = List.copyOf(workers);
  }
}
