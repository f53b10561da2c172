package newleaf.plan;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.desired.CaSpec;
import newleaf.desired.ClientSpec;
import newleaf.desired.Desired;
import newleaf.desired.LeafSpec;
import newleaf.desired.NamespaceSpec;

/// What the file asks for, found by name: no rule may look through a whole fleet for a few.
final class Wanted {
  final Desired desired;
  private final Map<String, NamespaceSpec> namespaces = new HashMap<>();
  private final Map<String, LeafSpec> leaves = new HashMap<>();
  private final Map<String, CaSpec> cas = new HashMap<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, ClientSpec> clients = new HashMap<>();
  private final Grouped<String, ClientSpec> clientsOf = new Grouped<>();
  private final Grouped<String, NamespaceSpec> accepting = new Grouped<>();
  private final Grouped<String, NamespaceSpec> lastOf = new Grouped<>();

  Wanted(Desired desired) {
    this.desired = desired;
    for (CaSpec ca : desired.cas()) {
      cas.put(ca.name(), ca);
      places.put(ca.name(), places.size());
    }
    desired.leaves().forEach(leaf -> leaves.put(leaf.name(), leaf));
    for (NamespaceSpec namespace : desired.namespaces()) {
      namespaces.put(namespace.name(), namespace);
      Set.copyOf(namespace.cas()).forEach(ca -> accepting.add(ca, namespace));
      namespace.cas().stream()
          .filter(places::containsKey)
          .max(Comparator.comparing(places::get))
          .ifPresent(ca -> lastOf.add(ca, namespace));
    }
    for (ClientSpec client : desired.clients()) {
      clients.put(client.name(), client);
      clientsOf.add(leaf(client.leaf()).ca(), client);
    }
  }

  Optional<NamespaceSpec> namespace(String name) {
    return Optional.ofNullable(namespaces.get(name));
  }

  LeafSpec leaf(String name) {
    return Optional.ofNullable(leaves.get(name))
        .orElseThrow(() -> new IllegalStateException("leaf '" + name + "' was checked at load"));
  }

  CaSpec ca(String name) {
    return cas.get(name);
  }

  /// Where a CA stands in the file, among the others.
  int place(String ca) {
    return places.get(ca);
  }

  Optional<ClientSpec> client(String name) {
    return Optional.ofNullable(clients.get(name));
  }

  /// Those whose leaf is of a CA.
  List<ClientSpec> clients(String ca) {
    return clientsOf.of(ca);
  }

  /// The namespaces that shall accept a CA, in the order of the file.
  List<NamespaceSpec> accepting(String ca) {
    return accepting.of(ca);
  }

  boolean accepts(String namespace, String ca) {
    return namespace(namespace).filter(n -> n.cas().contains(ca)).isPresent();
  }

  /// The namespaces whose other CAs all stand before this one in the file.
  List<NamespaceSpec> lastOf(String ca) {
    return lastOf.of(ca);
  }
}
