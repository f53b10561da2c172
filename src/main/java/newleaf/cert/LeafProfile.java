package newleaf.cert;

import java.time.Duration;
import java.util.List;

/// All that issuing a leaf (the end-entity certificate a worker presents) needs.
///
/// @param validity from issuing to notAfter; clipped to the CA's own notAfter
/// @param dnsNames subject alternative names, may be empty
public record LeafProfile(
    Subject subject, KeyAlgorithm key, Duration validity, List<String> dnsNames) {
  public LeafProfile {
    dnsNames = List.copyOf(dnsNames);
  }
}
