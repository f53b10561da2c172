package newleaf.desired;

import java.util.Optional;
import newleaf.Source;
import newleaf.desired.TemporalSpec.Access;

/// `temporal:`
final class TemporalYaml {
  private static final String EXAMPLE = "newleaf.a1b2c.tmprl.cloud:7233";
  private static final SecretSource STAND_IN = new SecretSource.Env("not_readable");

  private TemporalYaml() {}

  static TemporalSpec read(Section temporal, String account) {
    temporal.knows(
        "address", "namespace", "apiKey", "certificate", "serverCa", "plaintext", "taskQueue");
    String address = temporal.text("address", CloudYaml.hostAndPort(EXAMPLE)).value();
    boolean plaintext = temporal.flag("plaintext");
    if (plaintext && temporal.has("address")) {
      CloudYaml.refuseFarPlaintext(temporal, address, "what rotations do");
    }
    return new TemporalSpec(
        address,
        temporal.text("namespace", Section.Check.ANY).value(),
        access(temporal, plaintext),
        temporal.optionalText("serverCa", Section.Check.ANY).map(Located::value),
        plaintext,
        temporal
            .optionalText("taskQueue", Section.Check.ANY)
            .map(Located::value)
            .orElse("newleaf-" + account),
        temporal.at());
  }

  private static Access access(Section temporal, boolean plaintext) {
    boolean key = temporal.has("apiKey");
    boolean certificate = temporal.has("certificate");
    if (key && certificate) {
      refuse(
          temporal,
          temporal.at("certificate"),
          "has both apiKey and certificate; newleaf shows one of them.",
          "Remove one of the two.");
    } else if (plaintext && certificate) {
      refuse(
          temporal,
          temporal.at("certificate"),
          "has a certificate, which nobody is shown in plaintext.",
          "Remove certificate, or plaintext.");
    } else if (!plaintext && !key && !certificate) {
      refuse(
          temporal,
          temporal.at(),
          "has neither apiKey nor certificate, so newleaf would not be let in.",
          "Add `apiKey: {env: NAME}`, or `certificate: {directory: PATH}`.");
    }
    Access otherwise =
        key
            ? new Access.ApiKey(SecretYaml.read(temporal, "apiKey", false, STAND_IN))
            : new Access.Nothing();
    return certificate(temporal).orElse(otherwise);
  }

  private static Optional<Access> certificate(Section temporal) {
    return temporal
        .optionalSection("certificate")
        .map(certificate -> {
          certificate.knows("directory");
          return new Access.Certificate(certificate.text("directory", Section.Check.ANY).value());
        });
  }

  private static void refuse(Section temporal, Source at, String what, String fix) {
    temporal.problems().add(Codes.TEMPORAL_ACCESS, at, temporal.name() + " " + what, fix);
  }
}
