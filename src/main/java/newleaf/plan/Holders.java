package newleaf.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.LeafPlace;

/// All holders, found by the CA of their leaf, by the namespace they connect to, and by place.
final class Holders {
  private final List<Holder> all;
  private final Map<String, List<Holder>> ofCa = new HashMap<>();
  private final Map<String, List<Holder>> in = new HashMap<>();
  private final Map<LeafPlace, List<Holder>> at = new HashMap<>();
  private final Set<String> places = new HashSet<>();
  private final List<IssuedLeaf> forgotten;
  private final Set<String> forgottenPlaces = new HashSet<>();
  private final Map<String, List<KnownLeaf>> forgottenIn = new HashMap<>();

  Holders(Survey survey) {
    all = Holder.of(survey);
    for (Holder holder : all) {
      add(ofCa, holder.leaf().ca(), holder);
      holder.target().namespaces().stream().distinct().forEach(n -> add(in, n, holder));
      add(at, holder.target().place(), holder);
      places.add(holder.target().place().address());
    }
    forgotten =
        survey.recorded().issued().stream()
            .filter(l -> !places.contains(l.place()) && !survey.asOf.isAfter(l.notAfter()))
            .toList();
    for (IssuedLeaf leaf : forgotten) {
      forgottenPlaces.add(leaf.place());
      KnownLeaf known = KnownLeaf.forgotten(leaf);
      leaf.namespaces().stream().distinct().forEach(n -> add(forgottenIn, n, known));
    }
  }

  private static <K, T> void add(Map<K, List<T>> lists, K key, T one) {
    lists.computeIfAbsent(key, _ -> new ArrayList<>()).add(one);
  }

  List<Holder> all() {
    return all;
  }

  List<Holder> ofCa(String ca) {
    return ofCa.getOrDefault(ca, List.of());
  }

  List<Holder> in(String namespace) {
    return in.getOrDefault(namespace, List.of());
  }

  /// Those in a namespace whose leaf is of a CA.
  List<Holder> in(String namespace, String ca) {
    return in(namespace).stream().filter(h -> h.leaf().ca().equals(ca)).toList();
  }

  List<Holder> at(LeafPlace place) {
    return at.getOrDefault(place, List.of());
  }

  /// @param place an address
  boolean isAt(String place) {
    return places.contains(place);
  }

  /// Unexpired leaves of newleaf's at places that are no longer in the YAML.
  List<IssuedLeaf> forgotten() {
    return forgotten;
  }

  boolean isForgotten(LeafPlace place) {
    return forgottenPlaces.contains(place.address());
  }

  /// The same, of those who connect to a namespace.
  List<KnownLeaf> forgottenIn(String namespace) {
    return forgottenIn.getOrDefault(namespace, List.of());
  }
}
