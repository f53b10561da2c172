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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import newleaf.cert.Pem;
import newleaf.emulator.cloud.ApiKeys;
import newleaf.emulator.cluster.Cluster;
import newleaf.emulator.fault.Faults;
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

  /// What differs from world to world. Operations and connections are quicker than the real ones,
  /// so that a person does not wait, and no less strict.
  ///
  /// @param temporal a Temporal server to forward to; empty for an embedded one
  public record Settings(String account, String apiKey, Optional<String> temporal) {
    private static final Duration LATENCY = Duration.ofSeconds(2);
    private static final Duration CHECK_DURATION = Duration.ofMillis(500);
    private static final ConnectionAge CONNECTIONS =
        new ConnectionAge(Duration.ofSeconds(5), Duration.ofSeconds(10));

    private EmulatorSettings emulator() {
      return new EmulatorSettings(
          new newleaf.emulator.cloud.Settings(
              account, new ApiKeys(Set.of(apiKey)), LATENCY, CHECK_DURATION, OptionalInt.empty()),
          CONNECTIONS,
          temporal);
    }

    /// Never the key.
    @Override
    public String toString() {
      return "Settings[" + account + "]";
    }
  }

  /// @param root for the files of pods; deleted at the end
  public static World start(Settings settings, Path root, InstantSource clock) {
    Emulator emulator = Emulator.start(settings.emulator(), clock);
    BookingPods pods = new BookingPods(emulator.serverCaPem(), clock);
    Cluster cluster =
        Cluster.start(
            new Cluster.Parts(newleaf.emulator.cluster.Settings.QUICK, pods, root, clock),
            emulator.faults());
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

  /// How many changes of namespaces were ever accepted.
  public int changes() {
    return emulator.account().accepted();
  }

  public HandshakeLog handshakes() {
    return emulator.handshakes();
  }

  /// Of the account, its frontends and the cluster.
  public Faults faults() {
    return emulator.faults();
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
