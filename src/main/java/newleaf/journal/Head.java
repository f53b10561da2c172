package newleaf.journal;

import java.util.List;
import java.util.Optional;
import newleaf.json.Json;

/// The first line of a journal file: its format, and what came before it. A journal that grew long
/// goes on in a new file; of the lines before, those that still count are repeated here.
///
/// @param formatVersion another major is refused
/// @param lineage digest of the first entry of all; empty in the first file
/// @param before the number of entries before this file
/// @param previous digest of the last line before this file, or 64 zeros
/// @param kept entries before this file that still count, as they were written
record Head(
    String formatVersion, Optional<String> lineage, long before, String previous, List<Line> kept) {
  static final String FORMAT_VERSION = "1.0";
  static final Head FIRST =
      new Head(FORMAT_VERSION, Optional.empty(), 0, "0".repeat(64), List.of());

  Head {
    kept = List.copyOf(kept);
  }

  Sealed sealed() {
    return Sealed.of(Json.line(this));
  }
}
