package newleaf.desired;

import java.util.Optional;
import newleaf.Source;

/// Where rotations run when they run on Temporal.
///
/// @param address host:port of the frontend
/// @param namespace of any Temporal service; best none that this file rotates
/// @param serverCa PEM file to trust instead of the system's roots
/// @param plaintext no TLS; allowed for loopback addresses only
/// @param taskQueue default `newleaf-<account>`
/// @param at the place of `temporal:` in the YAML
public record TemporalSpec(
    String address,
    String namespace,
    Access access,
    Optional<String> serverCa,
    boolean plaintext,
    String taskQueue,
    Source at) {

  /// What newleaf shows to be let in.
  public sealed interface Access {
    record ApiKey(SecretSource source) implements Access {}

    /// @param directory with `tls.crt` and `tls.key`, relative to the YAML file's folder
    record Certificate(String directory) implements Access {}

    /// To a server of this machine that lets everybody in; only without TLS.
    record Nothing() implements Access {}
  }
}
