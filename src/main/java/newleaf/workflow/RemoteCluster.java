package newleaf.workflow;

import io.temporal.client.WorkflowClient;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import newleaf.apply.ClusterPorts;
import newleaf.apply.LeafDelivery;
import newleaf.apply.LeafSource;
import newleaf.apply.Prover;
import newleaf.apply.WorkerRolls;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.cert.Pem;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Sweep;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;
import newleaf.workflow.ClusterAnswer.FoundLeaf;
import newleaf.workflow.ClusterAnswer.FoundOthers;

/// A cluster that only its own worker reaches. Private keys stay there: what is held here of a leaf
/// is its certificate and the name of its key.
public final class RemoteCluster implements Leaves, Workers, LeafDelivery, WorkerRolls, Prover {
  /// Places and workloads that are asked about at once.
  private static final int AT_ONCE = 200;

  private final ClusterCalls calls;

  /// @param client whose worker runs the calls
  /// @param taskQueue of the rotations
  public RemoteCluster(
      WorkflowClient client, String taskQueue, String account, String cluster, CallLimits limits) {
    this.calls = new ClusterCalls(client, taskQueue, account, cluster, limits);
  }

  public ClusterPorts ports() {
    return new ClusterPorts(
        this, this, named -> issuers -> Optional.of(find(named, issuers)), this, this);
  }

  @Override
  public List<ObservedLeaf> read(Collection<LeafPlace> places, Issuers issuers) {
    return all(places, this::leaves, place -> place, found -> found.leaf().place()).stream()
        .map(found -> issued(found, issuers))
        .toList();
  }

  private List<FoundLeaf> leaves(List<LeafPlace> some) {
    return calls.ask(new ClusterCall.ReadLeaves(some), ClusterAnswer.FoundLeaves.class).leaves();
  }

  private static ObservedLeaf issued(FoundLeaf found, Issuers issuers) {
    ObservedLeaf leaf = found.leaf();
    Optional<X509Certificate> x509 =
        found.certificate().map(pem -> Pem.certificates(pem).getFirst());
    return new ObservedLeaf(
        leaf.place(),
        x509.map(Certificate::of),
        x509.flatMap(issuers::of),
        leaf.keyMatches(),
        leaf.version(),
        leaf.writtenAt(),
        leaf.owner(),
        leaf.unwritable());
  }

  @Override
  public List<ObservedWorker> read(Collection<Question> questions) {
    return all(questions, this::workloads, Question::worker, ObservedWorker::worker);
  }

  private List<ObservedWorker> workloads(List<Question> some) {
    return calls.ask(new ClusterCall.ReadWorkers(some), ClusterAnswer.FoundWorkers.class).workers();
  }

  /// Answers are in the order of the questions, and may be fewer: the first of them.
  ///
  /// @param about what a question is about, and an answer
  private <Q, A, T> List<A> all(
      Collection<Q> questions,
      Function<List<Q>, List<A>> ask,
      Function<Q, T> of,
      Function<A, T> about) {
    List<Q> left = List.copyOf(questions);
    List<A> answers = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Q> some = left.subList(0, Math.min(AT_ONCE, left.size()));
      List<A> found = ask.apply(some);
      List<T> asked = some.stream().map(of).limit(found.size()).toList();
      if (found.isEmpty() || !asked.equals(found.stream().map(about).toList())) {
        throw ClusterFailures.notUnderstood(
            calls.cluster(), "the answers are not about what was asked");
      }
      answers.addAll(found);
      left = left.subList(found.size(), left.size());
    }
    return answers;
  }

  private Sweep find(Collection<LeafPlace> named, Issuers issuers) {
    List<Sweep.Stray> strays = new ArrayList<>();
    FoundOthers found = others(named, "");
    strays.addAll(strays(found, issuers));
    while (found.more() && !found.others().isEmpty()) {
      found = others(named, found.others().getLast().place().address());
      strays.addAll(strays(found, issuers));
    }
    return new Sweep(found.looked(), found.notLooked(), strays);
  }

  private FoundOthers others(Collection<LeafPlace> named, String after) {
    return calls.ask(
        new ClusterCall.FindOthers(List.copyOf(named), after), ClusterAnswer.FoundOthers.class);
  }

  private static List<Sweep.Stray> strays(FoundOthers found, Issuers issuers) {
    List<Sweep.Stray> strays = new ArrayList<>();
    for (ClusterAnswer.Other other : found.others()) {
      var x509 = Pem.certificates(other.certificate()).getFirst();
      issuers
          .of(x509)
          .ifPresent(ca -> strays.add(new Sweep.Stray(other.place(), Certificate.of(x509), ca)));
    }
    return strays;
  }

  @Override
  public HeldCertificate issue(LeafPlace place, LeafProfile profile, LeafSource source) {
    var made = calls.ask(new ClusterCall.MakeKey(place, profile), ClusterAnswer.MadeKey.class);
    return new HeldCertificate(
        source.issue(profile, asked(made, profile)), new RemoteKey(calls.cluster(), made.key()));
  }

  private PublicKey asked(ClusterAnswer.MadeKey made, LeafProfile profile) {
    try {
      return made.request().keyFor(profile);
    } catch (IllegalArgumentException e) {
      throw ClusterFailures.notSigned(calls.cluster(), e.getMessage());
    }
  }

  @Override
  public void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> expectedVersion) {
    change(new ClusterCall.Deliver(place, named(leaf), expectedVersion));
  }

  private void change(ClusterCall.Change change) {
    var _ = calls.ask(change, ClusterAnswer.Done.class);
  }

  private RemoteLeaf named(HeldCertificate leaf) {
    if (leaf.key() instanceof RemoteKey key && key.cluster().equals(calls.cluster())) {
      return RemoteLeaf.of(leaf, key.name());
    }
    throw new IllegalArgumentException("no key goes to cluster " + calls.cluster());
  }

  @Override
  public Optional<HeldCertificate> current(LeafPlace place) {
    return there(new ClusterCall.ReadCurrent(place), new KeyName.Current(place));
  }

  @Override
  public Optional<HeldCertificate> previous(LeafPlace place) {
    return there(new ClusterCall.ReadPrevious(place), new KeyName.Previous(place));
  }

  private Optional<HeldCertificate> there(ClusterCall.Question question, KeyName key) {
    return calls
        .ask(question, ClusterAnswer.LeafThere.class)
        .certificates()
        .map(pem -> new RemoteLeaf(pem, key).with(new RemoteKey(calls.cluster(), key)));
  }

  @Override
  public void roll(WorkerRef worker, Fingerprint leaf) {
    change(new ClusterCall.Roll(worker, leaf));
  }

  @Override
  public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
    change(new ClusterCall.ScaleToZero(worker, leaf));
  }

  @Override
  public void scaleBack(WorkerRef worker) {
    change(new ClusterCall.ScaleBack(worker));
  }

  @Override
  public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
    return calls.ask(new ClusterCall.Look(worker, leaf), ClusterAnswer.Looked.class).worker();
  }

  /// From within the cluster, because the key is there.
  @Override
  public Verdict connect(Endpoint endpoint, HeldCertificate leaf) {
    return calls
        .ask(new ClusterCall.Connect(endpoint, named(leaf)), ClusterAnswer.Answered.class)
        .verdict();
  }

  @Override
  public List<Poller> pollers(Endpoint endpoint, HeldCertificate leaf, String taskQueue) {
    return calls
        .ask(
            new ClusterCall.ReadPollers(endpoint, named(leaf), taskQueue),
            ClusterAnswer.FoundPollers.class)
        .pollers();
  }
}
