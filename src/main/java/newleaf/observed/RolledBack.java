package newleaf.observed;

import java.time.Instant;

/// Somebody had a CA go back to an earlier generation, or forward again to the newest.
///
/// @param ca the name in the YAML
/// @param from the newest generation at that time
/// @param to the generation that issues from then on; the newest itself when it went forward again
/// @param who as the operating system or the CI names the person
public record RolledBack(String ca, int from, int to, Instant at, String who) {
  public boolean goesBack() {
    return to < from;
  }
}
