package newleaf.desired;

import java.util.List;
import java.util.Optional;

/// A whole desired-state file, checked: every name that is used is there, every duration makes
/// sense.
///
/// @param file as given on the command line, for messages
/// @param digest SHA-256 of the file's bytes, hex
/// @param account the account id, the part after the dot in namespace names
/// @param kubeContext the kubeconfig context to use; empty for the current one
/// @param state where journal and lock are; empty for a folder beside the file
/// @param temporal where rotations run when they do not run in a process of the command line
public record Desired(
    String file,
    String digest,
    String account,
    CloudSpec cloud,
    Optional<String> kubeContext,
    Optional<StateSpec> state,
    Optional<TemporalSpec> temporal,
    List<CaSpec> cas,
    List<NamespaceSpec> namespaces,
    List<LeafSpec> leaves,
    List<WorkerSpec> workers,
    List<ClientSpec> clients) {
  public Desired {
    cas = List.copyOf(cas);
    namespaces = List.copyOf(namespaces);
    leaves = List.copyOf(leaves);
    workers = List.copyOf(workers);
    clients = List.copyOf(clients);
  }
}
