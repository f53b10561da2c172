package newleaf.observed;

import java.util.Optional;

/// Looks for leaves in the Secrets of a cluster that the YAML does not name. Private keys are not
/// looked at.
@FunctionalInterface
public interface OtherSecrets {
  /// Where there is no cluster.
  OtherSecrets NONE = _ -> Optional.empty();

  /// Empty when there is no cluster to look into. Not to be allowed to look is an answer as well.
  ///
  /// @param issuers says which CA, among those asked about, signed a certificate
  /// @throws newleaf.NewleafException RemoteError
  Optional<Sweep> find(Issuers issuers);
}
