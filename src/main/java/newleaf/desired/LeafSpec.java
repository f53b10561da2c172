package newleaf.desired;

import java.time.Duration;
import newleaf.Source;
import newleaf.cert.LeafProfile;

/// A kind of leaf. Every place that wants one gets a leaf, and a key, of its own.
///
/// @param ca the name under `cas:` that issues it
/// @param renewBefore due this long before notAfter; positive, shorter than the validity
public record LeafSpec(
    String name, String ca, LeafProfile profile, Located<Duration> renewBefore, Source at) {}
