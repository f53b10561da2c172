package newleaf.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import newleaf.cert.Pem;
import newleaf.real.Specimen.Purpose;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The three linters. Each writes the certificates into a folder first.
final class Linters {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> NOT_APPLIED = Set.of("NA", "NE");
  private static final Set<String> FOUND = Set.of("warn", "error", "fatal");

  private Linters() {}

  /// RFC 5280 and what the community asks; not the rules of browsers for public servers.
  static Linter zlint(Path folder) {
    return specimens -> {
      int lints = 0;
      List<Finding> findings = new ArrayList<>();
      for (Specimen specimen : specimens) {
        String said =
            answer(
                Peers.binary("zlint"),
                "-includeSources",
                "RFC5280,Community",
                file(folder, specimen));
        for (Map.Entry<String, JsonNode> lint : JSON.readTree(said).properties()) {
          String result = lint.getValue().get("result").stringValue();
          lints += NOT_APPLIED.contains(result) ? 0 : 1;
          if (FOUND.contains(result)) {
            findings.add(new Finding(specimen.kind(), lint.getKey(), result));
          }
        }
      }
      return new Linter.Report(lints, findings);
    };
  }

  static Linter openssl(Path folder) {
    return specimens -> {
      List<Finding> findings = new ArrayList<>();
      for (Specimen specimen : specimens) {
        List<Object> command =
            new ArrayList<>(List.of("openssl", "verify", "-x509_strict", "-partial_chain"));
        if (specimen.purpose() != Purpose.ANY) {
          command.addAll(List.of("-purpose", specimen.purpose().name().toLowerCase(Locale.ROOT)));
        }
        command.addAll(List.of("-CAfile", issuer(folder, specimen), file(folder, specimen)));
        Answer answer = Answer.of(Map.of(), command.toArray());
        if (answer.exit() != 0) {
          findings.add(new Finding(specimen.kind(), error(answer.text()), "error"));
        }
      }
      return new Linter.Report(specimens.size(), findings);
    };
  }

  private static String error(String text) {
    return text.lines()
        .filter(line -> line.startsWith("error "))
        .findFirst()
        .map(line -> line.replaceFirst(" at .*lookup: *", ": "))
        .orElse(text.strip());
  }

  /// @param python the one that has pkilint
  static Linter pkilint(Path folder, Path python) {
    return specimens -> {
      List<String> asked = new ArrayList<>();
      List<Specimen> about = new ArrayList<>();
      for (Specimen specimen : specimens) {
        asked.add(file(folder, specimen).toString());
        about.add(specimen);
        if (!specimen.root()) {
          asked.add(issuer(folder, specimen) + "\t" + file(folder, specimen));
          about.add(specimen);
        }
      }
      Path list = write(folder.resolve("asked"), String.join("\n", asked) + "\n");
      String said = answer("sh", "-c", "exec \"$0\" src/test/peers/lint.py < \"$1\"", python, list);
      List<String> lines = said.lines().toList();
      List<Finding> findings = new ArrayList<>();
      for (int i = 0; i < about.size(); i++) {
        add(findings, about.get(i), JSON.readTree(lines.get(i)));
      }
      return new Linter.Report(about.size(), findings);
    };
  }

  private static void add(List<Finding> findings, Specimen specimen, JsonNode said) {
    for (JsonNode result : said.get("results")) {
      for (JsonNode each : result.get("finding_descriptions")) {
        findings.add(
            new Finding(
                specimen.kind(),
                each.get("code").stringValue(),
                each.get("severity").stringValue().toLowerCase(Locale.ROOT)));
      }
    }
  }

  private static String answer(Object... command) {
    return Answer.of(Map.of(), command).good();
  }

  private static Path file(Path folder, Specimen specimen) {
    return write(folder.resolve(name(specimen) + ".pem"), Pem.of(specimen.certificate()));
  }

  private static Path issuer(Path folder, Specimen specimen) {
    return write(folder.resolve(name(specimen) + ".issuer.pem"), Pem.of(specimen.issuer()));
  }

  private static String name(Specimen specimen) {
    return specimen.kind().replace(' ', '-');
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
