package newleaf.desired;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import newleaf.Source;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// Whether every worker can load its leaf, and gets in with it.
final class WorkerRules {
  private final Table<NamespaceSpec> namespaces;

  /// The namespaces that accept a CA.
  private final Map<String, List<NamespaceSpec>> accepting = new HashMap<>();

  private final Table<LeafSpec> leaves;
  private final Map<String, Certificate> specimens = new HashMap<>();
  private final Problems problems;

  /// The leaf that each place was given first.
  private final Map<String, String> delivered = new HashMap<>();

  WorkerRules(Table<NamespaceSpec> namespaces, Table<LeafSpec> leaves, Problems problems) {
    this.namespaces = namespaces;
    for (NamespaceSpec namespace : namespaces.specs()) {
      Set.copyOf(namespace.cas())
          .forEach(ca -> accepting.computeIfAbsent(ca, _ -> new ArrayList<>()).add(namespace));
    }
    this.leaves = leaves;
    this.problems = problems;
  }

  void check(Table<WorkerSpec> workers, Table<ClientSpec> clients) {
    for (Table.Row<WorkerSpec> row : workers.rows().values()) {
      WorkerSpec worker = row.spec();
      refuseSecretOutOfReach(row);
      refuseSecondLeaf(worker.place(), worker.leaf(), row.section());
      leaves.find(worker.leaf()).ifPresent(leaf -> getsIn(row, leaf.spec()));
    }
    for (Table.Row<ClientSpec> row : clients.rows().values()) {
      ClientSpec client = row.spec();
      client.place().ifPresent(place -> refuseSecondLeaf(place, client.leaf(), row.section()));
      leaves.find(client.leaf()).ifPresent(leaf -> refuseLockedOut(row, leaf.spec()));
    }
  }

  /// Where a client connects to is not said; some namespace must let it in, unless one has problems
  /// of its own.
  private void refuseLockedOut(Table.Row<ClientSpec> row, LeafSpec leaf) {
    boolean complete = namespaces.rows().size() == namespaces.declared().size();
    if (complete && !isLetIn(leaf)) {
      problems.add(
          Codes.CLIENT_LOCKED_OUT,
          row.at("leaf"),
          "no namespace of the file lets leaf %s (ca %s) in; the client would be locked out."
              .formatted(leaf.name(), leaf.ca()),
          "Add " + leaf.ca() + " to the cas of its namespace, and a filter if there are any.");
    }
  }

  private boolean isLetIn(LeafSpec leaf) {
    Certificate specimen = specimen(leaf);
    return accepting.getOrDefault(leaf.ca(), List.of()).stream()
        .map(n -> n.filters().orElse(List.of()))
        .anyMatch(filters -> CertificateFilter.anyMatches(filters, specimen));
  }

  private Certificate specimen(LeafSpec leaf) {
    return specimens.computeIfAbsent(leaf.name(), _ -> Specimen.of(leaf.profile()));
  }

  /// A namespace that is not found was reported where it is declared, or used.
  private void getsIn(Table.Row<WorkerSpec> row, LeafSpec leaf) {
    namespaces
        .find(row.spec().namespace())
        .map(Table.Row::spec)
        .ifPresent(namespace -> {
          refuseUntrusted(row, leaf, namespace);
          refuseFilteredOut(row, leaf, namespace);
        });
  }

  private void refuseUntrusted(Table.Row<WorkerSpec> row, LeafSpec leaf, NamespaceSpec namespace) {
    if (!namespace.cas().contains(leaf.ca())) {
      problems.add(
          Codes.CA_NOT_ACCEPTED,
          row.at("leaf"),
          ("leaf %s comes from ca %s, which namespace %s does not accept; the workers would be"
                  + " locked out.")
              .formatted(leaf.name(), leaf.ca(), namespace.name()),
          "Add " + leaf.ca() + " to the cas of the namespace.");
    }
  }

  private void refuseFilteredOut(
      Table.Row<WorkerSpec> row, LeafSpec leaf, NamespaceSpec namespace) {
    List<CertificateFilter> filters = namespace.filters().orElse(List.of());
    if (!CertificateFilter.anyMatches(filters, specimen(leaf))) {
      String commonName = Texts.quoted(leaf.profile().subject().commonName());
      problems.add(
          Codes.FILTERED_OUT,
          row.at("leaf"),
          ("no filter of namespace %s lets leaf %s (commonName %s) in; the workers would be"
                  + " locked out.")
              .formatted(namespace.name(), leaf.name(), commonName),
          "Add a filter for it to the namespace.");
    }
  }

  /// A pod can mount Secrets of its own Kubernetes namespace only.
  private void refuseSecretOutOfReach(Table.Row<WorkerSpec> row) {
    if (row.spec().place() instanceof LeafPlace.Secret(var secretIn, _, _)
        && row.spec().workload().filter(w -> !w.namespace().equals(secretIn)).isPresent()) {
      WorkerRef workload = row.spec().workload().get();
      problems.add(
          Codes.SECRET_OUT_OF_REACH,
          row.at("secret"),
          ("the secret is in Kubernetes namespace %s but the %s in %s; a pod mounts Secrets of its"
                  + " own namespace only.")
              .formatted(secretIn, workload.kind().noun(), workload.namespace()),
          "Put the secret into " + workload.namespace() + ".");
    }
  }

  private void refuseSecondLeaf(LeafPlace place, String leaf, Section user) {
    String first = delivered.putIfAbsent(identity(place), leaf);
    if (first != null && !first.equals(leaf)) {
      Source where = user.at(user.has("secret") ? "secret" : "directory");
      problems.add(
          Codes.PLACE_OF_TWO_LEAVES,
          where,
          "%s is to hold leaf %s here but leaf %s above; each would replace the other."
              .formatted(Texts.clean(place.address()), leaf, first),
          "Use the same leaf, or a place of its own.");
    }
  }

  private static String identity(LeafPlace place) {
    return switch (place) {
      case LeafPlace.Secret secret -> secret.address();
      case LeafPlace.Directory(var path) ->
          "directory/" + path.replaceAll("/(\\./|/)*", "/").replaceAll("^(\\./)+|/$", "");
    };
  }
}
