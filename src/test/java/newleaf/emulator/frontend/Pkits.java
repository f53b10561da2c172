package newleaf.emulator.frontend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import newleaf.real.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// NIST's Public Key Interoperability Test Suite, as the Go toolchain carries it.
final class Pkits {
  /// Within the years of every certificate that the suite means to be in force.
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final Path FOLDER =
      Path.of(
          Answer.of(Map.of(), "go", "env", "GOROOT").good().strip(),
          "src",
          "crypto",
          "x509",
          "testdata",
          "nist-pkits");

  private Pkits() {}

  /// @param name as `4.1.1 Valid Signatures Test1`
  record Vector(String name, PathOracle.Question question) {}

  static List<Vector> vectors() {
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode vector : new JsonMapper().readTree(FOLDER.resolve("vectors.json"))) {
      List<byte[]> path = new ArrayList<>();
      vector.get("CertPath").forEach(file -> path.addFirst(der(file.stringValue())));
      byte[] anchor = path.removeLast();
      vectors.add(
          new Vector(
              vector.get("Name").stringValue(),
              new PathOracle.Question(path, List.of(anchor), NOW)));
    }
    return vectors;
  }

  private static byte[] der(String file) {
    try {
      return Files.readAllBytes(FOLDER.resolve("certs").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
