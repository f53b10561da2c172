package newleaf.apply;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.observed.CaReading;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observer;

/// Everything that newleaf touches, in memory and on virtual time. After each thing that happens it
/// looks whether somebody holds, or could load, a leaf that is refused (invariant I1).
final class FakeWorld {
  private static final Duration RELOAD = Duration.ofSeconds(60);

  /// A client outside the cluster that reads its leaf anew a minute after it was written.
  private static final class Client {
    private final LeafPlace place;
    private final String namespace;
    private Optional<HeldCertificate> loaded;

    Client(LeafPlace place, String namespace, Optional<HeldCertificate> loaded) {
      this.place = place;
      this.namespace = namespace;
      this.loaded = loaded;
    }
  }

  final FakeTime time;
  final FakeCloud cloud;
  final FakeAuthorities authorities;
  final FakeLeaves leaves;
  final FakeCluster cluster = new FakeCluster();
  final FakeOtherSecrets others = new FakeOtherSecrets();

  /// Each time a leaf in use would have been refused.
  final Set<String> refusedInUse = new LinkedHashSet<>();

  private final List<Client> clients = new ArrayList<>();

  FakeWorld(Instant start) {
    this.time = new FakeTime(start);
    this.cloud = new FakeCloud(time);
    this.authorities = new FakeAuthorities(time);
    this.leaves = new FakeLeaves(time);
    time.watch(this::look);
    leaves.watch(this::written);
  }

  FakeDeployment deploy(FakeDeployment.About about, int replicas) {
    FakeDeployment deployment = new FakeDeployment(about, replicas, time, cloud, leaves);
    cluster.deployments.put(about.ref(), deployment);
    return deployment;
  }

  void client(LeafPlace place, String namespace) {
    clients.add(new Client(place, namespace, leaves.current(place)));
  }

  Ports ports() {
    return new Ports(
        cloud,
        cloud,
        authorities,
        authorities,
        leaves,
        others,
        leaves,
        cluster,
        new FakeProver(this),
        time);
  }

  Observer observer() {
    return new Observer(cloud, authorities, leaves, cluster, others);
  }

  private void written(LeafPlace place) {
    for (Client client : clients) {
      if (client.place.equals(place)) {
        time.in(RELOAD, () -> client.loaded = leaves.current(place));
      }
    }
    look();
  }

  /// Invariant I1: what is held, and what would be loaded now.
  private void look() {
    for (FakeDeployment deployment : cluster.deployments.values()) {
      String namespace = deployment.about.namespace();
      deployment.pods.forEach(pod -> pod.loaded.ifPresent(l -> look(pod.name, namespace, l)));
      leaves
          .current(deployment.about.place())
          .ifPresent(l -> look(deployment.about.place().address(), namespace, l));
    }
    for (Client client : clients) {
      client.loaded.ifPresent(l -> look("the client at " + client.place, client.namespace, l));
      leaves.current(client.place).ifPresent(l -> look("" + client.place, client.namespace, l));
    }
  }

  private void look(String who, String namespace, HeldCertificate leaf) {
    cloud
        .refusal(namespace, leaf)
        .ifPresent(why -> refusedInUse.add(who + " at " + time.instant() + ": " + why));
  }

  /// Who would be refused now, of those who hold a leaf.
  Set<String> refusedNow() {
    Set<String> before = new LinkedHashSet<>(refusedInUse);
    refusedInUse.clear();
    look();
    Set<String> now = new LinkedHashSet<>(refusedInUse);
    refusedInUse.clear();
    refusedInUse.addAll(before);
    return now;
  }

  /// What each certificate is, so that texts can be compared between runs.
  Map<Fingerprint, String> roles() {
    Map<Fingerprint, String> roles = new LinkedHashMap<>(leaves.roles);
    others.held.forEach((place, leaf) -> roles.put(leaf.fingerprint(), "leaf/" + place.address()));
    for (CaReading ca : authorities.all()) {
      roles.put(Fingerprint.of(ca.certificate()), ca.ca().address());
    }
    for (X509Certificate ca : cloud.accepted()) {
      String foreign = "foreign " + ca.getSubjectX500Principal().getName();
      roles.putIfAbsent(Fingerprint.of(ca), foreign);
    }
    return roles;
  }

  /// All that newleaf did and that had an effect.
  List<String> effects() {
    List<String> all = new ArrayList<>(cloud.effects);
    authorities.made.forEach(ca -> all.add("made " + ca));
    leaves.written.forEach(place -> all.add("wrote " + place));
    all.addAll(cluster.effects);
    return all;
  }
}
