package newleaf.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import newleaf.cloud.CloudChannel;
import newleaf.cloud.CloudEndpoint;
import newleaf.cloud.GrpcNamespaceUpdates;
import newleaf.cloud.GrpcNamespaces;
import newleaf.cloud.TlsProver;
import newleaf.emulator.Emulator;
import newleaf.emulator.EmulatorSettings;
import newleaf.emulator.cloud.ApiKeys;
import newleaf.emulator.cloud.Settings;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Faults;
import newleaf.emulator.fault.Rule;
import newleaf.emulator.fault.Schedule;
import newleaf.emulator.frontend.ConnectionAge;
import newleaf.kube.KubeConnection;
import newleaf.kube.KubeLeafDelivery;
import newleaf.kube.KubeLeaves;
import newleaf.kube.KubeOtherSecrets;
import newleaf.kube.KubeRolls;
import newleaf.observed.LeafPlace;
import newleaf.observed.NamespaceReading;

/// An account and a cluster, newleaf's real adapters to them over gRPC, TLS and HTTP, and faults on
/// demand in both. Time is virtual, so no wait takes long; the cluster gets a moment at each.
final class FaultRig implements AutoCloseable {
  static final Duration LATENCY = Duration.ofSeconds(8);
  private static final String API_KEY = "key-of-the-test";
  static final String NAMESPACE = "booking.sdvdw";

  final RigTime time = new RigTime(new FakeTime(Instant.parse("2026-09-14T03:00:00Z")));
  final LeafPods pods = new LeafPods();
  final ClusterFixture cluster = new ClusterFixture(pods, time);
  final KubernetesClient somebody = cluster.client();
  final KubeConnection kube = KubeConnection.open(cluster.cluster().kubeconfig(), Optional.empty());
  final Emulator emulator;
  final CloudChannel channel;
  final TlsProver prover;
  private int bookings;

  /// @param edges addresses of each frontend
  FaultRig(int edges) {
    emulator = Emulator.start(settings(edges), time);
    channel = new CloudChannel(endpoint());
    List<InetAddress> addresses =
        IntStream.rangeClosed(1, edges).mapToObj(FaultRig::loopback).toList();
    prover =
        new TlsProver(Optional.of(emulator.serverCaPem()), _ -> addresses, TlsProver.DEFAULT_LIMIT);
  }

  FaultyBooking booking() {
    return booking(yaml -> yaml);
  }

  /// @param yaml what is different in the file
  FaultyBooking booking(UnaryOperator<String> yaml) {
    var _ = somebody.namespaces().withName("booking" + bookings).delete();
    emulator.faults().clear();
    cluster.faults().clear();
    return new FaultyBooking(this, ++bookings, yaml);
  }

  Ports ports(FakeAuthorities authorities, CloudChannel channel, LeafPlace secret) {
    return new Ports(
        new GrpcNamespaces(channel, time, new Random(7)),
        new GrpcNamespaceUpdates(channel, time, new Random(7), GrpcNamespaceUpdates.DEFAULT_LIMIT),
        authorities,
        authorities,
        new KubeLeaves(kube),
        new KubeOtherSecrets(kube, List.of(secret)),
        new KubeLeafDelivery(kube, time),
        new KubeRolls(kube, time),
        prover,
        time);
  }

  NamespaceReading read(String namespace) {
    return new GrpcNamespaces(channel, time, new Random(7)).read(List.of(namespace)).getFirst();
  }

  /// The next call of that name meets the fault, once.
  void strike(String method, Fault fault) {
    strike(method, fault, Schedule.once());
  }

  /// A cluster's methods have two words.
  void strike(String method, Fault fault, Schedule schedule) {
    faultsOf(method).add(Rule.of(fault, method, schedule));
  }

  /// The next calls about that object.
  void strike(String method, String resource, Fault fault, Schedule schedule) {
    faultsOf(method).add(new Rule(fault, Set.of(method), Optional.of(resource), schedule));
  }

  private Faults faultsOf(String method) {
    return method.contains(" ") ? cluster.faults() : emulator.faults();
  }

  long struck(String method) {
    return faultsOf(method).struck().stream().filter(s -> s.site().method().equals(method)).count();
  }

  private static InetAddress loopback(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  CloudEndpoint endpoint() {
    return new CloudEndpoint(
        emulator.cloudAddress(), () -> API_KEY, "the test", true, Optional.empty());
  }

  private static EmulatorSettings settings(int edges) {
    return new EmulatorSettings(
        new Settings(
            "sdvdw",
            new ApiKeys(Set.of(API_KEY)),
            LATENCY,
            Duration.ofSeconds(2),
            OptionalInt.empty()),
        ConnectionAge.USUAL,
        Optional.empty(),
        edges);
  }

  @Override
  public void close() {
    channel.close();
    somebody.close();
    kube.close();
    cluster.close();
    emulator.close();
  }
}
