package newleaf.journal;

import java.time.Instant;

/// An entry with its place in the chain.
///
/// @param seq counts from 1 without gaps
/// @param previous digest of the line before (64 zeros for the first of all), hex
public record Line(long seq, Instant at, String previous, Entry entry) {}
