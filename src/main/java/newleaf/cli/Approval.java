package newleaf.cli;

import java.nio.file.Path;

/// How somebody said yes to what an apply does.
sealed interface Approval {

  /// At the prompt, or beforehand with `--auto-approve`, to whatever the plan is.
  record OfWhatIsPlanned(Runnable confirm) implements Approval {}

  record OfFile(Path file) implements Approval {}

  /// @param digest `sha256:` and 64 hex digits
  record OfDigest(String digest) implements Approval {}

  /// To the plan that an earlier run began.
  record OfBegun() implements Approval {}
}
