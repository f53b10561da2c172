package newleaf.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The programs of `src/test/peers`, built when first asked for.
public final class Peers {
  private static final Path FOLDER = build();

  private Peers() {}

  /// @param name as `kubectl`
  public static Path binary(String name) {
    Path file = FOLDER.resolve(name);
    if (!Files.isExecutable(file)) {
      throw new IllegalStateException(file + " is not there");
    }
    return file;
  }

  private static Path build() {
    try {
      Process build =
          new ProcessBuilder("bash", "src/test/peers/build")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String folder =
          new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (build.waitFor() != 0) {
        throw new IllegalStateException("src/test/peers/build failed; its words are above");
      }
      return Path.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
