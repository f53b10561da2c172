package newleaf.desired;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.Source;
import newleaf.cert.CaProfile;
import newleaf.cert.Fingerprint;
import newleaf.observed.CaRef;

/// A CA that newleaf keeps: how it is made, when its next generation is due and how an old one
/// goes.
///
/// @param renewBefore a new generation is due this long before notAfter; positive, shorter than the
///   validity
/// @param adopted CA certificates that somebody else made: newleaf makes its first generation when
///   they are due, and then retires them
/// @param soak how long old and new stay trusted side by side after every worker is on the new leaf
/// @param notBefore no step of a rotation begins earlier
/// @param at the place of the CA's name in the YAML
public record CaSpec(
    String name,
    CaProfile profile,
    Located<Duration> renewBefore,
    CaRef keys,
    SecretSource passphrase,
    Retire retire,
    Duration soak,
    List<Fingerprint> adopted,
    Renewal renewal,
    Optional<Located<Instant>> notBefore,
    Source at) {
  public CaSpec {
    adopted = List.copyOf(adopted);
  }
}
