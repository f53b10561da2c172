package newleaf.emulator.frontend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import newleaf.json.Json;
import newleaf.real.Answer;
import newleaf.real.Peers;

/// The other opinion on client certificates: Go's crypto/x509, with the options of a Go TLS server
/// (`src/test/peers/pathcheck`).
final class PathOracle {
  private PathOracle() {}

  /// What a client shows (DER, leaf first) to a server that accepts these CAs.
  record Question(List<byte[]> shown, List<byte[]> cas, Instant time) {
    Question {
      shown = List.copyOf(shown);
      cas = List.copyOf(cas);
    }
  }

  /// @param why empty for an accepted chain
  record Opinion(boolean accepted, String why) {}

  /// All at once, because starting a program for each would take the time.
  static List<Opinion> opinions(List<Question> questions) {
    try {
      Path asked = Files.createTempFile("newleaf-paths", ".jsonl");
      try {
        Files.writeString(asked, String.join("\n", questions.stream().map(Json::line).toList()));
        String said =
            Answer.of(
                    java.util.Map.of(),
                    "sh",
                    "-c",
                    "exec \"$0\" < \"$1\"",
                    Peers.binary("pathcheck"),
                    asked)
                .good();
        return said.lines().map(line -> Json.read(line, Opinion.class)).toList();
      } finally {
        Files.delete(asked);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
