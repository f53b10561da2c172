package newleaf.emulator.frontend;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the emulator and Go's crypto/x509 may differ, and why. Anything else is a mistake.
enum Difference {
  CA_AS_LEAF(
      "is a CA certificate, not a leaf",
      "Temporal Cloud asks for leaves with CA:false; Go takes any certificate for a leaf"),
  NO_DIGITAL_SIGNATURE(
      "has a key usage without digital signature",
      "Temporal Cloud asks for it; Go does not look at the key usage of a leaf"),
  SHARED_NAME(
      "two certificates of the chain are named",
      "Temporal Cloud asks for different subjects in a chain, so no self-issued CA can be in one"),
  WEAK(
      "is signed with (SHA1|Ed25519)|has a key of (1024 bits|type EdDSA)",
      "Temporal Cloud takes RSA and ECDSA with SHA-256 or better, and of roots too; Go does not"
          + " look at the signature of a root, and takes Ed25519 and RSA of 1024 bits"),
  BEYOND_THE_JDK(
      "unreadable: .*(subject field is empty|exceeds maximum valid value)",
      "the JDK reads no certificate without a subject, and no path length beyond 2^31"),
  CUT_BY_THE_JDK(
      "x509: trailing data",
      "the JDK's TLS drops what follows a certificate before anyone can ask for it");

  private final Pattern words;
  private final String why;

  Difference(String words, String why) {
    this.words = Pattern.compile(words);
    this.why = why;
  }

  String why() {
    return why;
  }

  /// The one that explains why only one of both refuses, by the words of the one who does.
  static Optional<Difference> of(PathOracle.Opinion go, Verdict ours) {
    String words = ours instanceof Verdict.Refused(String reason) ? reason : go.why();
    return Arrays.stream(values()).filter(d -> d.words.matcher(words).find()).findFirst();
  }
}
