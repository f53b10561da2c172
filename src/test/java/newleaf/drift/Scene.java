package newleaf.drift;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Fingerprint;
import newleaf.cert.Validity;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.journal.Entry;
import newleaf.journal.Line;
import newleaf.journal.Outcome;
import newleaf.journal.Snapshot;
import newleaf.observed.JournalPosition;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Recorded;
import newleaf.observed.WorkerRef;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Reason;
import newleaf.plan.Step;
import newleaf.plan.Terms;

/// A small right world, to be changed in one place: one CA of two generations (the older one
/// retired), one namespace, one leaf in a Secret, one Deployment on it.
public final class Scene {
  public static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  public static final Instant THEN = NOW.minus(Duration.ofHours(6));
  public static final String NS = "booking.sdvdw";
  public static final LeafPlace.Secret PLACE = new LeafPlace.Secret("booking", "tls");
  public static final WorkerRef WORKER = WorkerRef.deployment("booking", "worker");
  static final String LINEAGE = "ab".repeat(32);

  private static final String YAML =
      """
      newleaf: 1
      account: sdvdw
      cas:
        booking:
          subject: {commonName: Booking CA, organization: Temporal}
          validity: 365d
          renewBefore: 60d
          keys: {directory: keys}
      namespaces:
        booking.sdvdw:
          cas: [booking]
          filters: [{commonName: booking.sdvdw}]
      leaves:
        worker:
          ca: booking
          subject: {commonName: booking.sdvdw}
          validity: 30d
          renewBefore: 10d
      workers:
        booking:
          leaf: worker
          namespace: booking.sdvdw
          secret: booking/tls
          deployment: booking/worker
      """;

  public ObservedNamespace namespace;
  public List<ObservedCa> cas;
  public ObservedLeaf leaf;
  public ObservedWorker worker;
  public boolean namespaceThere = true;
  private final List<Line> journal = new ArrayList<>();

  public Scene() {
    cas = List.of(ca(1, Duration.ofDays(20)), ca(2, Duration.ofDays(300)));
    namespace = trusting(cas.get(1).certificate());
    leaf = holding(leaf("old"));
    worker = running("old", 2);
    for (int i = 0; i < 3; i++) {
      write(new Entry.GateOpened("soak/ca/booking-g0")); // the history before the snapshot
    }
  }

  public static Desired desired() {
    return DesiredYaml.read("newleaf.yaml", YAML.getBytes(StandardCharsets.UTF_8));
  }

  public Observed observed(Instant at) {
    Recorded recorded =
        new Recorded(position(), Map.of(), Set.of(), Set.of(), List.of(), List.of());
    return new Observed(
        at,
        namespaceThere ? List.of(namespace) : List.of(),
        cas,
        List.of(leaf),
        List.of(worker),
        recorded);
  }

  public Snapshot snapshot() {
    return Snapshot.of(observed(THEN), desired().digest());
  }

  public JournalPosition position() {
    return new JournalPosition(Optional.of(LINEAGE), journal.size());
  }

  public List<Line> journal() {
    return List.copyOf(journal);
  }

  public Plan plan() {
    return Planner.plan(desired(), observed(NOW), NOW);
  }

  // what is there

  public static Fingerprint fingerprint(String label) {
    try {
      byte[] sha =
          MessageDigest.getInstance("SHA-256").digest(label.getBytes(StandardCharsets.UTF_8));
      return new Fingerprint(HexFormat.of().formatHex(sha));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Certificate certificate(String label, String subject, Duration left, boolean ca) {
    DistinguishedName name = new DistinguishedName(subject);
    Validity validity = new Validity(NOW.minus(Duration.ofDays(900)), NOW.plus(left));
    return new Certificate(
        fingerprint(label), name, name, validity, List.of(), ca ? "ec-p384" : "ec-p256", ca);
  }

  public static Certificate stranger() {
    return certificate("stranger", "CN=Mallory CA", Duration.ofDays(12), true);
  }

  static ObservedCa ca(int generation, Duration left) {
    String subject = "CN=Booking CA G" + generation + ",O=Temporal";
    return new ObservedCa(
        "booking", generation, certificate("g" + generation, subject, left, true), true);
  }

  public static Certificate leaf(String label) {
    return certificate(label, "CN=booking.sdvdw", Duration.ofDays(25), false);
  }

  static ObservedNamespace trusting(Certificate... bundle) {
    return namespace(ObservedNamespace.State.ACTIVE, true, List.of(filter(NS)), bundle);
  }

  static ObservedNamespace namespace(
      ObservedNamespace.State state,
      boolean mtls,
      List<CertificateFilter> filters,
      Certificate... bundle) {
    return new ObservedNamespace(
        NS,
        "v" + bundle.length + filters.size(),
        state,
        Optional.empty(),
        mtls,
        List.of(bundle),
        800 * bundle.length,
        filters,
        Optional.of("127.0.0.1:7233"));
  }

  static CertificateFilter filter(String commonName) {
    return new CertificateFilter(
        Optional.of(commonName), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static ObservedLeaf holding(Certificate certificate) {
    return place(Optional.of(certificate), true, Optional.empty());
  }

  static ObservedLeaf place(
      Optional<Certificate> certificate, boolean keyMatches, Optional<String> owner) {
    return new ObservedLeaf(
        PLACE,
        certificate,
        certificate.map(_ -> fingerprint("g2")),
        keyMatches,
        Optional.of("7"),
        Optional.of(NOW.minus(Duration.ofDays(5))),
        owner);
  }

  static ObservedWorker running(String leaf, int pods) {
    return workload(true, true, leaf, pods);
  }

  static ObservedWorker workload(boolean exists, boolean mounts, String leaf, int pods) {
    return new ObservedWorker(
        WORKER,
        exists,
        pods,
        exists,
        Optional.empty(),
        mounts,
        IntStream.range(0, pods)
            .mapToObj(i ->
                new ObservedWorker.Pod(
                    "worker-" + leaf + i, true, Optional.of(fingerprint(leaf)), Optional.of(THEN)))
            .toList());
  }

  // what newleaf did

  void write(Entry entry) {
    long seq = journal.size() + 1L;
    journal.add(new Line(seq, THEN.plusSeconds(seq), "0".repeat(64), entry));
  }

  void begin(String attempt, Action action) {
    Step step =
        Step.of(
            "s1", "booking", action, new Reason.Missing(), List.of(), Terms.of(action, List.of()));
    write(new Entry.Begun(attempt, step, Optional.empty()));
  }

  void end(String attempt) {
    write(new Entry.Ended(attempt, new Outcome.Done()));
  }
}
