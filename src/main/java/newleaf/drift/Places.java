package newleaf.drift;

import java.util.LinkedHashMap;
import java.util.Map;
import newleaf.desired.ClientSpec;
import newleaf.desired.Desired;
import newleaf.desired.LeafSpec;
import newleaf.desired.WorkerSpec;
import newleaf.observed.LeafPlace;

/// Which leaf belongs at which place.
final class Places {
  private Places() {}

  static Map<LeafPlace, LeafSpec> of(Desired desired) {
    Map<LeafPlace, LeafSpec> places = new LinkedHashMap<>();
    for (WorkerSpec worker : desired.workers()) {
      put(places, desired, worker.place(), worker.leaf());
    }
    for (ClientSpec client : desired.clients()) {
      client.place().ifPresent(place -> put(places, desired, place, client.leaf()));
    }
    return places;
  }

  private static void put(
      Map<LeafPlace, LeafSpec> places, Desired desired, LeafPlace place, String leaf) {
    desired.leaves().stream()
        .filter(l -> l.name().equals(leaf))
        .findFirst()
        .ifPresent(spec -> places.putIfAbsent(place, spec));
  }
}
