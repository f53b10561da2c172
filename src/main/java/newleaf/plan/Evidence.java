package newleaf.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.Source;
import newleaf.cert.Fingerprint;
import newleaf.observed.Sweep;

/// What is known of those who might miss a CA that is to be removed, for whoever says yes. Facts of
/// one look, so the digest leaves them out: whose leaf must not be of the CA stands in the step,
/// and `apply` looks again.
///
/// @param ca the address of what goes
/// @param steps that remove it
/// @param holders whoever loads a leaf that newleaf delivers
/// @param clients who load one that newleaf does not deliver
/// @param ledger the leaves of it that newleaf issued, by its journal
/// @param elsewhere namespaces of the YAML that accept it and that no step takes it from
/// @param others the Secrets that the YAML does not name and that hold a leaf of it; empty when
///   there was no cluster to look into
public record Evidence(
    String ca,
    List<String> steps,
    List<Held> holders,
    List<Client> clients,
    List<Issued> ledger,
    List<String> elsewhere,
    Optional<Sweep> others) {

  /// @param name `workers/booking` or `clients/starter`
  /// @param place where it loads its leaf from
  /// @param issuer address of the CA that the leaf there is from; empty for one that nobody named
  /// @param pods empty for whoever is not restarted by newleaf
  /// @param since when the last of the pods started, or else when the leaf was written
  /// @param acknowledged where the YAML vouches for a client
  public record Held(
      String name,
      String place,
      Optional<Fingerprint> leaf,
      Optional<String> issuer,
      Optional<Pods> pods,
      Optional<Instant> since,
      Optional<Source> acknowledged) {}

  /// @param on how many were started for the leaf that lies there
  public record Pods(int on, int of) {}

  /// @param at where the YAML speaks of it
  public record Client(String name, boolean acknowledged, Source at) {}

  public enum Fate {
    /// a leaf of another CA lies there since
    REPLACED,
    /// the last leaf of a place that the YAML names
    LAST,
    /// the place is no longer in the YAML
    FORGOTTEN
  }

  /// The last leaf of the CA at a place.
  public record Issued(String place, Fingerprint leaf, Instant notAfter, Fate fate) {}

  public Evidence {
    steps = List.copyOf(steps);
    holders = List.copyOf(holders);
    clients = List.copyOf(clients);
    ledger = List.copyOf(ledger);
    elsewhere = List.copyOf(elsewhere);
  }
}
