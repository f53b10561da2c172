package newleaf.adopt;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.observed.WorkerRef;

/// Who in the cluster holds a leaf that a namespace lets in. Workers that newleaf can move become
/// workers; everybody else is kept in mind as a client, and says why.
final class Holdings {
  private static final int SHOWN = 5;

  /// What holds without looking at the cluster.
  ///
  /// @param accepting the namespaces that accept a CA, by its name
  record Ground(
      Map<String, Adopted.Namespace> namespaces,
      Authorities authorities,
      Map<String, List<Space>> accepting,
      Instant asOf) {

    static Ground of(
        List<Space> spaces,
        List<Adopted.Namespace> namespaces,
        Authorities authorities,
        Instant asOf) {
      Map<String, List<Space>> accepting = new LinkedHashMap<>();
      for (Space space : spaces) {
        space.cas().stream()
            .map(ca -> authorities.ofMember(ca).name())
            .distinct()
            .forEach(ca -> accepting.computeIfAbsent(ca, _ -> new ArrayList<>()).add(space));
      }
      return new Ground(
          namespaces.stream().collect(Collectors.toMap(Adopted.Namespace::name, n -> n)),
          authorities,
          accepting,
          asOf);
    }

    private List<Space> accepting(Authority authority, X509Certificate leaf) {
      return accepting.getOrDefault(authority.name(), List.of()).stream()
          .filter(space -> space.lets(leaf))
          .toList();
    }
  }

  /// A Secret with a leaf that gets in somewhere.
  private record Held(
      Cluster.FoundSecret secret, X509Certificate leaf, Authority issuer, List<Space> accepting) {
    String address() {
      return secret.place().address();
    }
  }

  private final Ground ground;
  private final Names leafNames = new Names();
  private final Names names = new Names();
  private final Map<Fingerprint, Adopted.Leaf> leaves = new LinkedHashMap<>();
  private final List<Adopted.Worker> workers = new ArrayList<>();
  private final List<Adopted.Client> clients = new ArrayList<>();
  private final List<Adopted.Left> left = new ArrayList<>();

  private Holdings(Ground ground) {
    this.ground = ground;
  }

  static Holdings of(Ground ground, Cluster cluster) {
    Holdings holdings = new Holdings(ground);
    List<Held> held =
        cluster.secrets().stream()
            .sorted(Comparator.comparing((Cluster.FoundSecret s) -> s.place().address()))
            .flatMap(s -> holdings.held(s).stream())
            .toList();
    List<Cluster.FoundWorkload> workloads =
        cluster.workloads().stream()
            .sorted(Comparator.comparing((Cluster.FoundWorkload w) -> w.worker().address()))
            .toList();
    List<Cluster.FoundOther> others =
        cluster.others().stream()
            .sorted(Comparator.comparing(Cluster.FoundOther::address))
            .toList();
    workloads.forEach(w -> holdings.workload(w, held));
    others.forEach(o -> holdings.other(o, held));
    held.stream()
        .filter(h -> workloads.stream().noneMatch(w -> w.mounts(h.secret().place())))
        .filter(h -> others.stream().noneMatch(o -> o.mounts(h.secret().place())))
        .forEach(holdings::unmounted);
    return holdings;
  }

  List<Adopted.Leaf> leaves() {
    return List.copyOf(leaves.values());
  }

  List<Adopted.Worker> workers() {
    return workers;
  }

  List<Adopted.Client> clients() {
    return clients;
  }

  List<Adopted.Left> left() {
    return left;
  }

  /// Most TLS Secrets of a cluster have nothing to do with Temporal; of them nothing is said.
  private Optional<Held> held(Cluster.FoundSecret secret) {
    Optional<X509Certificate> leaf = secret.leaf();
    Optional<Authority> issuer = leaf.flatMap(ground.authorities()::issuerOf);
    if (issuer.isEmpty()) {
      return Optional.empty();
    }
    if (Certificate.of(leaf.get()).validity().expiredAt(ground.asOf())) {
      leave(secret, "its leaf has expired: " + Described.of(Certificate.of(leaf.get())));
      return Optional.empty();
    }
    List<Space> accepting = ground.accepting(issuer.get(), leaf.get());
    if (accepting.isEmpty()) {
      leave(secret, "no filter of a namespace lets its leaf in: " + describe(leaf.get()));
      return Optional.empty();
    }
    return Optional.of(new Held(secret, leaf.get(), issuer.get(), accepting));
  }

  private static String describe(X509Certificate leaf) {
    return Described.of(Certificate.of(leaf));
  }

  private void leave(Cluster.FoundSecret secret, String why) {
    left.add(new Adopted.Left(secret.place().address(), why));
  }

  private void unmounted(Held held) {
    client(
        held,
        held.address(),
        held.secret().place().name(),
        "nothing in the cluster mounts it, so newleaf can not tell who loads it");
  }

  private void other(Cluster.FoundOther other, List<Held> all) {
    all.stream()
        .filter(h -> other.mounts(h.secret().place()))
        .forEach(h ->
            client(
                h,
                other.address(),
                other.name(),
                h.address() + ": newleaf does not restart a " + other.kind()));
  }

  private void workload(Cluster.FoundWorkload workload, List<Held> all) {
    List<Held> held = all.stream().filter(h -> workload.mounts(h.secret().place())).toList();
    for (Held one : held) {
      Optional<String> why =
          held.size() > 1
              ? Optional.of("mounts %d Secrets with leaves; one is possible".formatted(held.size()))
              : workload
                  .owner()
                  .map(o -> "the workload belongs to " + o + ", which writes it back")
                  .or(() -> obstacle(one));
      if (why.isEmpty()) {
        worker(workload.worker(), one);
      } else {
        WorkerRef worker = workload.worker();
        client(one, worker.address(), worker.name(), one.address() + ": " + why.get());
      }
    }
  }

  private void worker(WorkerRef worker, Held held) {
    workers.add(
        new Adopted.Worker(
            names.of(worker.name(), "worker"),
            leaf(held).name(),
            held.accepting().getFirst().name(),
            held.secret().place(),
            worker));
  }

  /// A leaf that the file's reader would refuse for a client is left to a comment.
  private void client(Held held, String address, String name, String why) {
    if (!nextLeafGetsIn(held)) {
      left.add(
          new Adopted.Left(
              address,
              why
                  + "; no namespace as written here lets its next leaf in, so nothing keeps the CA"
                  + " of its leaf for it"));
      return;
    }
    clients.add(new Adopted.Client(names.of(name, "client"), leaf(held).name(), address, why));
  }

  /// Why newleaf could not bring its workers to a new leaf, or would do so at once.
  private Optional<String> obstacle(Held held) {
    return held.secret()
        .problem()
        .map(problem -> problem + " newleaf would replace the leaf at once")
        .or(() -> held.secret().owner().map(o -> "it belongs to " + o + ", which writes it back"))
        .or(() -> severalNamespaces(held))
        .or(() -> nextLeafLockedOut(held));
  }

  private static Optional<String> severalNamespaces(Held held) {
    List<String> all = held.accepting().stream().map(Space::name).toList();
    return all.size() == 1
        ? Optional.empty()
        : Optional.of(
            "its leaf gets into %d namespaces (%s%s), and newleaf can not tell which it is for"
                .formatted(
                    all.size(),
                    String.join(", ", all.subList(0, Math.min(SHOWN, all.size()))),
                    all.size() > SHOWN ? " ..." : ""));
  }

  private Optional<String> nextLeafLockedOut(Held held) {
    Adopted.Namespace namespace = ground.namespaces().get(held.accepting().getFirst().name());
    if (!namespace.cas().contains(held.issuer().name())) {
      return Optional.of("the CA of its leaf is left out of namespace " + namespace.name());
    }
    Certificate next = NextLeaf.of(held.leaf(), held.secret().place().name()).specimen();
    return CertificateFilter.anyMatches(held.accepting().getFirst().filters(), next)
        ? Optional.empty()
        : Optional.of(
            "newleaf would issue %s, which no filter of namespace %s lets in"
                .formatted(next.subject().value(), namespace.name()));
  }

  private boolean nextLeafGetsIn(Held held) {
    Certificate next = NextLeaf.of(held.leaf(), held.secret().place().name()).specimen();
    return ground.namespaces().values().stream()
        .filter(namespace -> namespace.cas().contains(held.issuer().name()))
        .anyMatch(
            namespace -> CertificateFilter.anyMatches(namespace.filters().orElse(List.of()), next));
  }

  /// Copies of one leaf in several Secrets are of one kind.
  private Adopted.Leaf leaf(Held held) {
    return leaves.computeIfAbsent(Fingerprint.of(held.leaf()), _ -> fresh(held));
  }

  private Adopted.Leaf fresh(Held held) {
    Certificate found = Certificate.of(held.leaf());
    String secret = held.secret().place().name();
    Adopted.Lifetime lifetime =
        Lifetimes.ofLeaf(found.validity(), held.issuer().lifetime(), ground.asOf());
    NextLeaf next = NextLeaf.of(held.leaf(), secret);
    return new Adopted.Leaf(
        leafNames.of(secret, "leaf"),
        held.issuer().name(),
        found,
        next.profile(lifetime.validity()),
        lifetime.renewBefore(),
        next.remarks(lifetime, ground.asOf()));
  }
}
