package newleaf.journal;

import java.time.Instant;

/// An entry with its place in the chain.
///
/// @param seq counts from 1 without gaps
/// @param previous SHA-256 of the line before (64 zeros for the first), hex
public record Line(long seq, Instant at, String previous, Entry entry) {}
