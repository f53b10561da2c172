package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.Source;
import newleaf.cert.CaProfile;
import newleaf.cert.CertificateFilter;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTest {
  private static final String NAMESPACE = "temporal-booking.sdvdw";

  @ParameterizedTest
  @CsvSource({
    "first-run, MANUAL, false",
    "ca-rollover, AFTER_VERIFY, true",
    "leaf-renewal, AFTER_VERIFY, true"
  })
  void examplesDescribeTheSameBookingWorld(String name, Retire retire, boolean acknowledged)
      throws IOException {
    String file = "examples/" + name + ".yaml";
    Desired desired = read(file);
    assertThat(desired.file()).isEqualTo(file);
    assertThat(desired.digest()).matches("[0-9a-f]{64}");
    assertThat(desired.account()).isEqualTo("sdvdw");
    assertThat(desired.kubeContext()).isEmpty();
    assertThat(desired.cloud())
        .isEqualTo(
            new CloudSpec(
                "saas-api.tmprl.cloud:443",
                new SecretSource.Env("TEMPORAL_CLOUD_API_KEY"),
                false,
                Optional.empty()));
    Subject issuer = new Subject("Booking CA", Optional.of("Temporal"), Optional.empty());
    CaSpec ca = desired.cas().getFirst();
    assertThat(ca)
        .isEqualTo(
            new CaSpec(
                "booking",
                new CaProfile(issuer, KeyAlgorithm.EC_P384, Duration.ofDays(365)),
                new Located<>(Duration.ofDays(60), ca.renewBefore().source()),
                new CaRef("booking", "keys"),
                new SecretSource.Env("NEWLEAF_CA_PASSPHRASE"),
                retire,
                Duration.ofMinutes(10),
                List.of(),
                Renewal.REKEY,
                Optional.empty(),
                ca.at()));
    assertThat(desired.clients())
        .extracting(ClientSpec::name, ClientSpec::leaf, ClientSpec::acknowledged)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("billing-starter", "booking-worker", acknowledged));
    assertThat(desired.clients().getFirst().place())
        .contains(new LeafPlace.Secret("billing", "temporal-tls"));
  }

  @Test
  void theWorkersOfTheFirstRunGetTheLeafThatTheNamespaceAccepts() throws IOException {
    Desired desired = read("examples/first-run.yaml");
    NamespaceSpec namespace = desired.namespaces().getFirst();
    CertificateFilter filter =
        new CertificateFilter(
            Optional.of(NAMESPACE), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(namespace)
        .isEqualTo(
            new NamespaceSpec(
                NAMESPACE, List.of("booking"), Optional.of(List.of(filter)), namespace.at()));
    LeafSpec leaf = desired.leaves().getFirst();
    assertThat(leaf.profile())
        .isEqualTo(
            new LeafProfile(
                new Subject(NAMESPACE, Optional.empty(), Optional.empty()),
                KeyAlgorithm.EC_P256,
                Duration.ofDays(30),
                List.of()));
    assertThat(leaf.renewBefore().value()).isEqualTo(Duration.ofDays(10));
    WorkerSpec worker = desired.workers().getFirst();
    assertThat(worker)
        .isEqualTo(
            new WorkerSpec(
                "booking",
                "booking-worker",
                NAMESPACE,
                Optional.of("temporal-booking"),
                new LeafPlace.Secret("temporal-booking", "temporal-booking-tls"),
                Optional.of(WorkerRef.deployment("temporal-booking", "temporal-booking-worker")),
                Restart.ROLLING,
                worker.at()));
  }

  @Test
  void caThatKeepsItsKeySaysSo() throws IOException {
    assertThat(read("examples/ca-same-key.yaml").cas())
        .extracting(CaSpec::renewal)
        .containsExactly(Renewal.SAME_KEY);
  }

  @Test
  void everyValueKnowsItsPlace() throws IOException {
    String file = "examples/first-run.yaml";
    Desired desired = read(file);
    assertThat(desired.cas().getFirst().at()).isEqualTo(place(file, "  booking:", 3));
    assertThat(desired.cas().getFirst().renewBefore().source())
        .isEqualTo(place(file, "    renewBefore: 60d", 18));
    assertThat(desired.leaves().getFirst().renewBefore().source())
        .isEqualTo(place(file, "    renewBefore: 10d", 18));
    assertThat(desired.clients().getFirst().at()).isEqualTo(place(file, "  billing-starter:", 3));
  }

  private static Source place(String file, String line, int column) throws IOException {
    return new Source(file, Files.readAllLines(Path.of(file)).indexOf(line) + 1, column);
  }

  private static Desired read(String file) throws IOException {
    return DesiredYaml.read(file, Files.readAllBytes(Path.of(file)));
  }
}
