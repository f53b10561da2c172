package newleaf.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of certificate that newleaf issues, before the linters of others: no error and no
/// warning that is not explained here.
@Tag("real")
class RealLintTest {
  private static final List<Specimen> SPECIMENS = Specimens.all();

  private static final String NO_IDENTIFIER =
      "a CA of somebody else, without a key identifier that the leaf could name";
  private static final String NO_HOST_NAME =
      "the user's word: TLS knows wildcards and names of one label, RFC 1034 does not";

  /// By kind and lint, why it is right all the same.
  private static final Map<Finding, String> EXPLAINED =
      Map.ofEntries(
          explained(
              "leaf under a CA without extensions",
              "e_ext_authority_key_identifier_no_key_identifier",
              NO_IDENTIFIER),
          explained(
              "leaf under a CA without extensions",
              "error 85: Missing Authority Key Identifier",
              NO_IDENTIFIER),
          explained(
              "leaf under a CA without extensions",
              "pkix.authority_key_identifier_extension_absent",
              NO_IDENTIFIER),
          explained(
              "leaf under an intermediate CA",
              "error 92: CA cert does not include key usage extension",
              "said of the CA, which is of somebody else"),
          explained(
              "leaf with a wildcard DNS name", "pkix.invalid_domain_name_syntax", NO_HOST_NAME),
          explained(
              "leaf with a DNS name of one label", "pkix.invalid_domain_name_syntax", NO_HOST_NAME),
          explained("server of the emulator", "pkix.invalid_domain_name_syntax", NO_HOST_NAME));

  @TempDir private Path folder;

  @Test
  void zlintFindsNothing() {
    check("zlint", Linters.zlint(folder));
  }

  @Test
  void opensslAcceptsEveryCertificateInStrictMode() {
    check("openssl verify -x509_strict", Linters.openssl(folder));
  }

  @Test
  void pkilintFindsNothing() {
    Answer python = Answer.of(Map.of(), "bash", "src/test/peers/pkilint");
    assumeTrue(
        python.exit() == 0, () -> "pkilint is left out, pip can not install it: " + python.text());
    check("pkilint", Linters.pkilint(folder, Path.of(python.text().strip())));
  }

  private static Map.Entry<Finding, String> explained(String kind, String lint, String why) {
    return Map.entry(new Finding(kind, lint, "error"), why);
  }

  private static void check(String name, Linter linter) {
    assertThat(linter.lint(List.of(Specimens.bad())).findings())
        .as("a linter that finds nothing wrong with a bad certificate proves nothing")
        .isNotEmpty();
    Linter.Report report = linter.lint(SPECIMENS);
    List<Finding> unexplained =
        report.findings().stream().filter(f -> !EXPLAINED.containsKey(f)).toList();
    System.out.printf(
        "%s: %d certificates, %d lints, %d findings explained, %d not%n",
        name,
        SPECIMENS.size(),
        report.lints(),
        report.findings().size() - unexplained.size(),
        unexplained.size());
    report.findings().stream()
        .filter(EXPLAINED::containsKey)
        .forEach(f -> System.out.println("  " + f + ": " + EXPLAINED.get(f)));
    assertThat(unexplained).isEmpty();
  }
}
