package newleaf.drift;

import java.time.Instant;

/// A finding and the time between which it came to be.
///
/// @param after when it was still otherwise
/// @param seen when it was seen; it came to be before that
public record Found(Finding finding, Instant after, Instant seen) {}
