package newleaf.cli;

import com.google.protobuf.ByteString;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.cert.ToolCertificates;
import newleaf.emulator.Emulator;
import newleaf.emulator.EmulatorSettings;
import newleaf.emulator.cloud.ApiKeys;
import newleaf.emulator.cloud.Settings;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.cluster.FakePods;
import newleaf.emulator.cluster.Seed;
import newleaf.emulator.frontend.ConnectionAge;
import org.bouncycastle.asn1.x500.X500Name;

/// An account and a cluster as people have them who never heard of newleaf.
final class ImportWorld implements AutoCloseable {
  static final String ACCOUNT = "acme1";
  static final String APPS = "apps";
  private static final String API_KEY = "key-of-the-import";

  final Instant now = Instant.now();

  /// A year from last month on, as `tcld gen ca -d 365d` then.
  final ToolCertificates year =
      new ToolCertificates(now.minus(Duration.ofDays(30)), Duration.ofDays(365));

  /// Ends in nine days.
  final ToolCertificates ending =
      new ToolCertificates(now.minus(Duration.ofDays(356)), Duration.ofDays(365));

  final ToolCertificates over =
      new ToolCertificates(now.minus(Duration.ofDays(400)), Duration.ofDays(365));

  private final Emulator emulator;
  private final ClusterFixture cluster;

  ImportWorld() {
    emulator =
        Emulator.start(
            new EmulatorSettings(
                new Settings(
                    ACCOUNT,
                    new ApiKeys(Set.of(API_KEY)),
                    Duration.ofMillis(20),
                    Duration.ofMillis(20),
                    OptionalInt.empty()),
                ConnectionAge.USUAL,
                Optional.empty()),
            Clock.systemUTC());
    cluster = new ClusterFixture(new FakePods());
    seed().namespace(APPS);
  }

  Emulator emulator() {
    return emulator;
  }

  ClusterFixture cluster() {
    return cluster;
  }

  Seed seed() {
    return cluster.cluster().seed();
  }

  /// @return its full name
  String namespace(String name, List<HeldCertificate> cas, CertificateFilterSpec... filters) {
    return emulator
        .account()
        .add(
            NamespaceSpec.newBuilder()
                .setName(name)
                .setRetentionDays(7)
                .setMtlsAuth(
                    MtlsAuthSpec.newBuilder()
                        .setEnabled(!cas.isEmpty())
                        .setAcceptedClientCa(
                            ByteString.copyFromUtf8(
                                Pem.of(cas.stream().map(HeldCertificate::certificate).toList())))
                        .addAllCertificateFilters(Arrays.asList(filters)))
                .build());
  }

  void secret(String name, HeldCertificate leaf) {
    seed().tlsSecret(APPS, name, leaf);
  }

  void deployment(String name, String secret) {
    seed().deployment(new Seed.Workload(APPS, name, 1, secret, Map.of()));
  }

  static CertificateFilterSpec commonName(String pattern) {
    return CertificateFilterSpec.newBuilder().setCommonName(pattern).build();
  }

  static CertificateFilterSpec organization(String pattern) {
    return CertificateFilterSpec.newBuilder().setOrganization(pattern).build();
  }

  static X500Name name(String rfc) {
    return new X500Name(rfc);
  }

  Map<String, String> environment(Path folder) throws IOException {
    Path kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(kubeconfig, cluster.cluster().kubeconfig());
    Map<String, String> environment = new HashMap<>();
    environment.put("TEMPORAL_CLOUD_API_KEY", API_KEY);
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("NEWLEAF_CA_PASSPHRASE", "passphrase of the import");
    return environment;
  }

  Captured importing(Path folder, String... more) throws IOException {
    String[] args =
        Stream.concat(
                Stream.of("import", "--address", emulator.cloudAddress(), "--plaintext"),
                Arrays.stream(more))
            .toArray(String[]::new);
    return Captured.run(folder, environment(folder), args);
  }

  Captured planning(Path folder) throws IOException {
    return Captured.run(
        folder, environment(folder), "plan", "-f", "imported.yaml", "--detailed-exitcode");
  }

  @Override
  public void close() {
    cluster.close();
    emulator.close();
  }
}
