package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import newleaf.Problem;
import newleaf.Source;
import newleaf.desired.TemporalSpec.Access;
import org.junit.jupiter.api.Test;

class TemporalYamlTest {
  private static final String BY_KEY =
      """
      temporal:
        address: "newleaf.sdvdw.tmprl.cloud:7233"
        namespace: newleaf.sdvdw
        apiKey: {env: NEWLEAF_TEMPORAL_API_KEY}
      """;
  private static final String BY_CERTIFICATE =
      """
      temporal:
        address: "newleaf.sdvdw.tmprl.cloud:7233"
        namespace: newleaf.sdvdw
        certificate: {directory: certs/newleaf}
        serverCa: ca.pem
        taskQueue: rotations
      """;
  private static final String DEV_SERVER =
      """
      temporal:
        address: "localhost:7233"
        namespace: default
        plaintext: true
      """;

  static final List<String> RIGHT =
      List.of(
          BY_KEY,
          BY_KEY.replace("env: NEWLEAF_TEMPORAL_API_KEY", "file: key.txt"),
          BY_CERTIFICATE,
          DEV_SERVER,
          DEV_SERVER + "  apiKey: {env: A}\n",
          BY_KEY + "  plaintext: false\n");

  private static TemporalSpec read(String temporal) {
    return Booking.read(Booking.YAML + temporal).temporal().orElseThrow();
  }

  private static List<Problem> problems(String temporal) {
    return Booking.problems(Booking.YAML + temporal);
  }

  @Test
  void fileThatSaysNothingOfTemporalHasNone() {
    assertThat(Booking.read(Booking.YAML).temporal()).isEmpty();
  }

  @Test
  void namespaceIsReachedByAnApiKeyOrACertificateOrOnThisMachineByNeither() {
    assertThat(read(BY_KEY))
        .isEqualTo(
            new TemporalSpec(
                "newleaf.sdvdw.tmprl.cloud:7233",
                "newleaf.sdvdw",
                new Access.ApiKey(new SecretSource.Env("NEWLEAF_TEMPORAL_API_KEY")),
                Optional.empty(),
                false,
                "newleaf-sdvdw",
                new Source("f.yaml", 25, 1)));
    TemporalSpec certificate = read(BY_CERTIFICATE);
    assertThat(certificate.access()).isEqualTo(new Access.Certificate("certs/newleaf"));
    assertThat(certificate.serverCa()).contains("ca.pem");
    assertThat(certificate.taskQueue()).isEqualTo("rotations");
    assertThat(read(DEV_SERVER).access()).isEqualTo(new Access.Nothing());
    assertThat(read(DEV_SERVER).plaintext()).isTrue();
    assertThat(read(DEV_SERVER + "  apiKey: {file: a}\n").access())
        .isEqualTo(new Access.ApiKey(new SecretSource.File("a")));
  }

  @Test
  void oneWayInIsNeededAndOneOnly() {
    Problem neither = only(BY_KEY.replaceAll("  apiKey.*\n", ""));
    assertThat(Booking.places(List.of(neither))).containsExactly("25:1 NL1090");
    assertThat(neither.what())
        .isEqualTo("temporal has neither apiKey nor certificate, so newleaf would not be let in.");
    Problem both = only(BY_CERTIFICATE + "  apiKey: {env: A}\n");
    assertThat(Booking.places(List.of(both))).containsExactly("28:16 NL1090");
    assertThat(both.what())
        .isEqualTo("temporal has both apiKey and certificate; newleaf shows one of them.");
    Problem unseen = only(DEV_SERVER + "  certificate: {directory: a}\n");
    assertThat(unseen.what())
        .isEqualTo("temporal has a certificate, which nobody is shown in plaintext.");
  }

  @Test
  void plaintextStaysOnThisMachine() {
    Problem far = only(DEV_SERVER.replace("localhost", "temporal.example.com"));
    assertThat(Booking.places(List.of(far))).containsExactly("28:14 NL1030");
    assertThat(far.what())
        .isEqualTo(
            "temporal.plaintext is true, but `temporal.example.com:7233` is not this machine; what"
                + " rotations do would cross the network readable.");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndAKeyThatWasPastedIsNotShown() {
    List<Problem> problems =
        problems(
            """
            temporal:
              address: newleaf.sdvdw.tmprl.cloud
              apiKey: eyJhbGciOi
              certificate: {directory: ""}
              namespaces: x
            """);
    assertThat(problems)
        .extracting(Problem::code)
        .containsExactlyInAnyOrder("NL1031", "NL1016", "NL1029", "NL1017", "NL1015", "NL1090");
    assertThat(problems.toString()).doesNotContain("eyJhbGciOi");
    assertThat(problems)
        .filteredOn(p -> p.code().equals("NL1031"))
        .extracting(Problem::fix)
        .containsExactly("Write it like newleaf.a1b2c.tmprl.cloud:7233.");
  }

  @Test
  void rotatingTheCertificatesOneIsLetInByIsAHint() {
    String own = BY_CERTIFICATE.replace("namespace: newleaf", "namespace: temporal-booking");
    List<Problem> hints = Hints.of(Booking.read(Booking.YAML + own));
    assertThat(Booking.places(hints)).containsExactly("25:1 NL1091");
    assertThat(hints.getFirst().what())
        .isEqualTo(
            "rotations run in namespace temporal-booking.sdvdw by a certificate, and this file"
                + " rotates the CAs of that namespace; one that goes wrong could lock out what"
                + " carries it out.");
    for (String fine :
        List.of(
            BY_CERTIFICATE, BY_KEY.replace("namespace: newleaf", "namespace: temporal-booking"))) {
      assertThat(Hints.of(Booking.read(Booking.YAML + fine))).isEmpty();
    }
  }

  private static Problem only(String temporal) {
    List<Problem> problems = problems(temporal);
    assertThat(problems).as("%s", problems).hasSize(1);
    return problems.getFirst();
  }
}
