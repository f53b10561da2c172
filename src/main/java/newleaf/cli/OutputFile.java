package newleaf.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.AtomicFile;
import newleaf.journal.AtomicFile.Readers;

/// A file that an option asks for, readable for everybody; whoever reads it meanwhile sees the old
/// or the new one.
final class OutputFile {
  private OutputFile() {}

  static void write(Path file, String text) {
    try {
      AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8), Readers.EVERYBODY);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  static NewleafException unwritable(Path file, IOException cause) {
    return new NewleafException(
        new Failure.Misconfigured(
            new Explanation(
                "NL7502",
                file.toString(),
                "can not be written (%s).".formatted(cause.getClass().getSimpleName()),
                "Name a file in a folder that is there and can be written.")),
        cause);
  }
}
