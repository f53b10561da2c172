package newleaf.plan;

import java.time.Instant;

/// Something that becomes due, or ends, at a time.
public record Due(String address, Instant at) {}
