package newleaf.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// A file that the configuration names.
final class TextFile {
  private TextFile() {}

  /// @param what for the reader: `the kubeconfig`
  /// @param next what to do when it can not be read
  static String read(Path file, String what, String next) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL7005",
                  file.toString(),
                  what + " can not be read (" + e.getClass().getSimpleName() + ").",
                  next)),
          e);
    }
  }
}
