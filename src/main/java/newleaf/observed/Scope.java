package newleaf.observed;

import java.util.List;

/// What to look at.
public record Scope(
    List<String> namespaces,
    List<CaRef> cas,
    List<LeafPlace> places,
    List<Workers.Question> workers) {
  public Scope {
    namespaces = List.copyOf(namespaces);
    cas = List.copyOf(cas);
    places = List.copyOf(places);
    workers = List.copyOf(workers);
  }
}
