package newleaf.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A text that is part of the program.
final class Resource {
  private Resource() {}

  /// @param name beside this class, or from the root when it begins with a slash
  static Optional<String> text(String name) {
    try (InputStream in = Resource.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("reading the resource " + name, e);
    }
  }
}
