package newleaf.observed;

import java.util.Optional;

/// How far a journal is.
///
/// @param lineage SHA-256 (hex) of its first line, which no other journal has; empty while there is
///   none
/// @param serial the number of its lines
public record JournalPosition(Optional<String> lineage, long serial) {
  public static final JournalPosition START = new JournalPosition(Optional.empty(), 0);
}
