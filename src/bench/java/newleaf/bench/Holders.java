package newleaf.bench;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.bench.Fleet.Authority;
import newleaf.bench.Fleet.Holding;
import newleaf.bench.Fleet.LeafKind;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Mint;
import newleaf.cert.Subject;
import newleaf.cert.Validity;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// The one to three holders of leaves of one namespace, who share a kind of leaf.
///
/// @param cluster the Kubernetes namespace they are in
record Holders(Team team, Authority ca, String namespace, String cluster, String application) {
  private static final Duration DAY = Duration.ofDays(1);

  /// How long leaves are valid, and how long before its end the next one comes, in days.
  private enum Term {
    MONTH(30, 10),
    QUARTER(90, 30),
    FORTNIGHT(14, 4);

    private final Duration validity;
    private final Duration renewBefore;

    Term(int validity, int renewBefore) {
      this.validity = DAY.multipliedBy(validity);
      this.renewBefore = DAY.multipliedBy(renewBefore);
    }
  }

  List<Holding> all() {
    List<Holding> holdings = new ArrayList<>();
    if (team.shape().workers() != Shape.Workers.NONE) {
      LeafKind kind = kind(Term.values()[team.random().nextInt(Term.values().length)]);
      int number = team.random().nextInt(1, 4);
      for (int i = 0; i < number; i++) {
        holdings.add(holding(kind, i));
      }
    }
    return holdings;
  }

  private LeafKind kind(Term term) {
    Subject subject =
        new Subject(namespace + "." + Fleet.ACCOUNT, Optional.of("Acme"), Optional.of(application));
    return new LeafKind(
        namespace,
        ca.name(),
        new LeafProfile(subject, KeyAlgorithm.EC_P256, term.validity, List.of()),
        term.renewBefore);
  }

  private Holding holding(LeafKind kind, int number) {
    Duration young = kind.profile().validity().minus(kind.renewBefore()).minus(DAY);
    Duration ofCa = Duration.between(ca.held().certificate().getNotBefore().toInstant(), team.at());
    Duration age = team.upTo(young.compareTo(ofCa) < 0 ? young : ofCa);
    Instant from = team.at().minus(age);
    String name = namespace + "-" + number;
    boolean file = team.shape().workers() == Shape.Workers.FILES || team.random().nextInt(10) == 0;
    boolean client = team.random().nextInt(10) == 0;
    String inCluster = application + "-" + number;
    return new Holding(
        name,
        kind,
        file
            ? new LeafPlace.Directory("certs/" + name)
            : new LeafPlace.Secret(cluster, inCluster + "-tls"),
        file || client ? Optional.empty() : Optional.of(WorkerRef.deployment(cluster, inCluster)),
        client,
        leaf(kind, from),
        from);
  }

  private HeldCertificate leaf(LeafKind kind, Instant from) {
    Instant end = ca.held().certificate().getNotAfter().toInstant();
    Instant to = from.plus(kind.profile().validity());
    Validity validity = new Validity(from, to.isAfter(end) ? end : to);
    KeyPair key = team.key();
    X509Certificate leaf =
        Mint.leaf(
            ca.held(), kind.profile().subject(), validity, key.getPublic(), team.secureRandom());
    return new HeldCertificate(leaf, key.getPrivate());
  }
}
