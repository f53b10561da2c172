package newleaf.emulator;

import com.google.protobuf.ByteString;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.namespace.v1.ReplicaSpec;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.Set;
import newleaf.cert.Pem;
import newleaf.emulator.cloud.ApiKeys;
import newleaf.emulator.cluster.Cluster;
import newleaf.emulator.frontend.ConnectionAge;
import newleaf.emulator.frontend.HandshakeLog;
import newleaf.emulator.workers.BookingPods;
import newleaf.emulator.workers.Traffic;

/// An account, a cluster, and workers in it that talk to the account's namespace: all that a
/// rotation touches, in one process on loopback.
public final class World implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final Emulator emulator;
  private final BookingPods pods;
  private final Cluster cluster;

  private World(Emulator emulator, BookingPods pods, Cluster cluster) {
    this.emulator = emulator;
    this.pods = pods;
    this.cluster = cluster;
  }

  /// Faster than the real thing, so that a person does not wait, and as strict.
  ///
  /// @param latency of an asynchronous operation
  /// @param connectionAge after which the frontends close a connection; 5 minutes in Temporal Cloud
  public record Pace(Duration latency, Duration connectionAge) {
    public static final Pace DEMO = new Pace(Duration.ofSeconds(2), Duration.ofSeconds(5));
  }

  /// @param root for the files of pods; deleted at the end
  public static World start(
      String account, String apiKey, Pace pace, Path root, InstantSource clock) {
    newleaf.emulator.cloud.Settings cloud =
        new newleaf.emulator.cloud.Settings(
            account,
            new ApiKeys(Set.of(apiKey)),
            pace.latency(),
            Duration.ofMillis(500),
            OptionalInt.empty());
    Emulator emulator =
        Emulator.start(
            new EmulatorSettings(
                cloud, new ConnectionAge(pace.connectionAge(), Duration.ofSeconds(10))),
            clock);
    BookingPods pods = new BookingPods(emulator.serverCaPem(), clock);
    Cluster cluster =
        Cluster.start(
            new Cluster.Parts(newleaf.emulator.cluster.Settings.QUICK, pods, root, clock));
    return new World(emulator, pods, cluster);
  }

  /// A namespace that accepts one CA and filters by common name.
  ///
  /// @return its full name
  public String namespace(String name, X509Certificate ca, String commonName) {
    return emulator
        .account()
        .add(
            NamespaceSpec.newBuilder()
                .setName(name)
                .addReplicas(ReplicaSpec.newBuilder().setRegion("aws-eu-central-1"))
                .setRetentionDays(7)
                .setMtlsAuth(
                    MtlsAuthSpec.newBuilder()
                        .setEnabled(true)
                        .setAcceptedClientCa(ByteString.copyFromUtf8(Pem.of(ca)))
                        .addCertificateFilters(
                            CertificateFilterSpec.newBuilder().setCommonName(commonName)))
                .build());
  }

  public String cloudAddress() {
    return emulator.cloudAddress();
  }

  public String frontendAddress(String namespace) {
    return emulator.frontendAddress(namespace);
  }

  public String serverCaPem() {
    return emulator.serverCaPem();
  }

  public HandshakeLog handshakes() {
    return emulator.handshakes();
  }

  public Cluster cluster() {
    return cluster;
  }

  public Traffic traffic() {
    return pods.traffic();
  }

  /// Lets the workflows under way end while there are workers.
  @Override
  public void close() {
    try {
      pods.traffic().finish(DRAIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // no time to wait
    }
    cluster.close();
    emulator.close();
  }
}
