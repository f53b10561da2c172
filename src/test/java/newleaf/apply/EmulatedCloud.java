package newleaf.apply;

import com.google.protobuf.ByteString;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.namespace.v1.ReplicaSpec;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Pem;
import newleaf.cloud.CloudChannel;
import newleaf.cloud.CloudEndpoint;
import newleaf.cloud.GrpcNamespaceUpdates;
import newleaf.cloud.GrpcNamespaces;
import newleaf.cloud.TlsProver;
import newleaf.emulator.Emulator;
import newleaf.emulator.EmulatorSettings;
import newleaf.emulator.cloud.ApiKeys;
import newleaf.emulator.cloud.Settings;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Rule;
import newleaf.emulator.fault.Schedule;
import newleaf.emulator.frontend.ConnectionAge;
import newleaf.observed.Namespaces;

/// The emulator on virtual time, and the real adapters to it: gRPC and TLS.
final class EmulatedCloud implements CloudSide {
  private static final String API_KEY = "key-of-the-test";

  final Emulator emulator;
  private final FakeTime time;
  private final CloudChannel channel;

  EmulatedCloud(FakeTime time) {
    this.time = time;
    this.emulator = Emulator.start(settings(), time);
    this.channel =
        new CloudChannel(
            new CloudEndpoint(
                emulator.cloudAddress(), () -> API_KEY, "the test", true, Optional.empty()));
  }

  @Override
  public Namespaces namespaces() {
    return new GrpcNamespaces(channel, time, new Random(7));
  }

  @Override
  public NamespaceUpdates updates() {
    return new GrpcNamespaceUpdates(
        channel, time, new Random(7), GrpcNamespaceUpdates.DEFAULT_LIMIT);
  }

  @Override
  public Prover prover() {
    return new TlsProver(
        Optional.of(emulator.serverCaPem()), TlsProver.Lookup.dns(), TlsProver.DEFAULT_LIMIT);
  }

  @Override
  public FakeTime time() {
    return time;
  }

  @Override
  public void add(String name, List<X509Certificate> bundle, List<CertificateFilter> filters) {
    MtlsAuthSpec.Builder mtls =
        MtlsAuthSpec.newBuilder()
            .setEnabled(!bundle.isEmpty())
            .setAcceptedClientCa(ByteString.copyFromUtf8(Pem.of(bundle)));
    filters.forEach(f -> mtls.addCertificateFilters(message(f)));
    emulator
        .account()
        .add(
            NamespaceSpec.newBuilder()
                .setName(name.replace(".sdvdw", ""))
                .addReplicas(ReplicaSpec.newBuilder().setRegion("aws-eu-central-1"))
                .setRetentionDays(7)
                .setMtlsAuth(mtls)
                .build());
  }

  @Override
  public void addByHand(String name, X509Certificate ca) {
    emulator
        .account()
        .edit(
            name,
            spec -> {
              NamespaceSpec.Builder changed = spec.toBuilder();
              MtlsAuthSpec.Builder mtls = changed.getMtlsAuthBuilder();
              String bundle = mtls.getAcceptedClientCa().toStringUtf8() + "\n" + Pem.of(ca);
              mtls.setAcceptedClientCa(ByteString.copyFromUtf8(bundle));
              return changed.build();
            });
  }

  @Override
  public void nextChangeFails() {
    emulator
        .faults()
        .add(
            Rule.of(
                new Fault.Ends(Fault.Ending.FAILED, "no capacity"),
                "UpdateNamespace",
                Schedule.once()));
  }

  @Override
  public void close() {
    channel.close();
    emulator.close();
  }

  private static EmulatorSettings settings() {
    return new EmulatorSettings(
        new Settings(
            "sdvdw",
            new ApiKeys(Set.of(API_KEY)),
            FakeCloud.LATENCY,
            Duration.ofMillis(500),
            OptionalInt.empty()),
        ConnectionAge.USUAL,
        Optional.empty());
  }

  private static CertificateFilterSpec message(CertificateFilter filter) {
    return CertificateFilterSpec.newBuilder()
        .setCommonName(filter.commonName().orElse(""))
        .setOrganization(filter.organization().orElse(""))
        .setOrganizationalUnit(filter.organizationalUnit().orElse(""))
        .setSubjectAlternativeName(filter.subjectAlternativeName().orElse(""))
        .build();
  }
}
