package newleaf.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.LeafPlace;

/// All holders, found by the CA of their leaf, by the namespace they connect to, and by place.
final class Holders {
  private final List<Holder> all;
  private final Grouped<String, Holder> ofCa = new Grouped<>();
  private final Grouped<String, Holder> in = new Grouped<>();
  private final Grouped<LeafPlace, Holder> at = new Grouped<>();
  private final Set<String> places = new HashSet<>();
  private final List<IssuedLeaf> forgotten;
  private final Set<String> forgottenPlaces = new HashSet<>();
  private final Grouped<String, KnownLeaf> forgottenIn = new Grouped<>();

  Holders(Survey survey) {
    all = Holder.of(survey);
    for (Holder holder : all) {
      ofCa.add(holder.leaf().ca(), holder);
      holder.target().namespaces().stream().distinct().forEach(n -> in.add(n, holder));
      at.add(holder.target().place(), holder);
      places.add(holder.target().place().address());
    }
    forgotten =
        survey.recorded().issued().stream()
            .filter(l -> !places.contains(l.place()) && !survey.asOf.isAfter(l.notAfter()))
            .toList();
    for (IssuedLeaf leaf : forgotten) {
      forgottenPlaces.add(leaf.place());
      KnownLeaf known = KnownLeaf.forgotten(leaf);
      leaf.namespaces().stream().distinct().forEach(n -> forgottenIn.add(n, known));
    }
  }

  List<Holder> all() {
    return all;
  }

  List<Holder> ofCa(String ca) {
    return ofCa.of(ca);
  }

  List<Holder> in(String namespace) {
    return in.of(namespace);
  }

  /// Those in a namespace whose leaf is of a CA.
  List<Holder> in(String namespace, String ca) {
    return in(namespace).stream().filter(h -> h.leaf().ca().equals(ca)).toList();
  }

  List<Holder> at(LeafPlace place) {
    return at.of(place);
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
    return forgottenIn.of(namespace);
  }
}
