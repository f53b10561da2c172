package newleaf.desired;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import newleaf.Source;
import newleaf.cert.LeafProfile;

/// A kind of leaf. Every place that wants one gets a leaf, and a key, of its own.
///
/// @param ca the name under `cas:` that issues it
/// @param renewBefore due this long before notAfter; positive, shorter than the validity
/// @param notBefore no renewal begins earlier
public record LeafSpec(
    String name,
    String ca,
    LeafProfile profile,
    Located<Duration> renewBefore,
    Optional<Located<Instant>> notBefore,
    Source at) {}
