package newleaf.apply;

import static newleaf.apply.CloudAuthorities.OLD;
import static newleaf.apply.CloudAuthorities.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Observer;
import newleaf.observed.OtherSecrets;
import newleaf.observed.Sweep;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;
import org.junit.jupiter.api.Test;

/// Two clusters with a Secret and a Deployment of the same names.
class ClusteredTest {
  private static final Optional<String> HOME = Optional.empty();
  private static final Optional<String> EU1 = Optional.of("eu1");
  private static final LeafPlace.Secret HERE = new LeafPlace.Secret("a", "tls");
  private static final LeafPlace.Secret THERE = HERE.in(EU1);
  private static final WorkerRef WORKER = WorkerRef.deployment("a", "worker");

  private final One home = new One();
  private final One eu1 = new One();
  private final Map<Optional<String>, One> clusters = Map.of(HOME, home, EU1, eu1);

  private static final class One {
    final FakeLeaves leaves = new FakeLeaves(new FakeTime(START));
    final FakeOtherSecrets others = new FakeOtherSecrets();
    final List<String> calls = new ArrayList<>();
  }

  private record Rolls(List<String> calls) implements WorkerRolls {
    @Override
    public void roll(WorkerRef worker, Fingerprint leaf) {
      calls.add("roll " + worker.address());
    }

    @Override
    public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
      calls.add("scale to zero " + worker.address());
    }

    @Override
    public void scaleBack(WorkerRef worker) {
      calls.add("scale back " + worker.address());
    }

    @Override
    public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
      calls.add("look " + worker.address());
      return ObservedWorker.missing(worker);
    }
  }

  private Leaves leaves() {
    return Clustered.leaves(c -> clusters.get(c).leaves);
  }

  private LeafDelivery delivery() {
    return Clustered.delivery(c -> clusters.get(c).leaves);
  }

  private OtherSecrets others() {
    return Clustered.others(List.of(HOME, EU1), c -> clusters.get(c).others);
  }

  private static Issuers issuers() {
    return Observer.among(List.of(OLD.certificate()));
  }

  @Test
  void leafGoesToItsClusterAndIsReadThere() {
    HeldCertificate leaf = CloudAuthorities.leaf(OLD);
    delivery().deliver(THERE, leaf, Optional.empty());
    assertThat(home.leaves.written).isEmpty();
    assertThat(eu1.leaves.written).containsExactly("secret/a/tls@eu1");
    assertThat(delivery().current(THERE)).contains(leaf);
    assertThat(delivery().current(HERE)).isEmpty();
    assertThat(delivery().previous(THERE)).isEmpty();
    List<ObservedLeaf> read = leaves().read(List.of(THERE, HERE), issuers());
    assertThat(read).extracting(ObservedLeaf::place).containsExactlyInAnyOrder(HERE, THERE);
    assertThat(read)
        .filteredOn(l -> l.certificate().isPresent())
        .extracting(ObservedLeaf::place)
        .containsExactly(THERE);
  }

  @Test
  void clusterThatNothingIsAskedOfIsNotLookedFor() {
    Leaves unreached =
        Clustered.leaves(c -> {
          throw new IllegalStateException("looked for " + c);
        });
    assertThat(unreached.read(List.of(), issuers())).isEmpty();
    assertThatThrownBy(() -> unreached.read(List.of(THERE), issuers()))
        .hasMessage("looked for " + EU1);
  }

  @Test
  void directoryIsInNoCluster() {
    assertThatThrownBy(() -> delivery().current(new LeafPlace.Directory("certs")))
        .hasMessage("directory/certs is in no cluster");
  }

  @Test
  void workloadsAreReadAndRestartedInTheirClusters() {
    WorkerRef there = WORKER.in(EU1);
    Workers workers =
        Clustered.workers(c ->
            questions -> {
              clusters.get(c).calls.add("read");
              return questions.stream().map(q -> ObservedWorker.missing(q.worker())).toList();
            });
    Stream<Workers.Question> questions =
        Stream.of(new Workers.Question(there, THERE), new Workers.Question(WORKER, HERE));
    assertThat(workers.read(questions.toList()))
        .extracting(ObservedWorker::worker)
        .containsExactlyInAnyOrder(WORKER, there);
    WorkerRolls rolls = Clustered.rolls(c -> new Rolls(clusters.get(c).calls));
    Fingerprint leaf = Fingerprint.of(OLD.certificate());
    rolls.roll(there, leaf);
    rolls.scaleToZero(WORKER, leaf);
    rolls.scaleBack(WORKER);
    assertThat(rolls.look(there, THERE).worker()).isEqualTo(there);
    assertThat(home.calls)
        .containsExactly(
            "read", "scale to zero deployment/a/worker", "scale back deployment/a/worker");
    assertThat(eu1.calls)
        .containsExactly("read", "roll deployment/a/worker@eu1", "look deployment/a/worker@eu1");
  }

  @Test
  void straysOfAllClustersAreFoundEachInItsOwn() {
    LeafPlace.Secret stray = new LeafPlace.Secret("reports", "nightly-tls");
    home.others.held.put(stray, CloudAuthorities.leaf(OLD));
    eu1.others.held.put(stray, CloudAuthorities.leaf(OLD));
    eu1.others.notLooked = Optional.of("any Secret that the YAML does not name; no");
    Sweep sweep = others().find(issuers()).orElseThrow();
    assertThat(sweep.looked()).isEqualTo(2);
    assertThat(sweep.strays())
        .extracting(s -> s.place().address())
        .containsExactly("secret/reports/nightly-tls", "secret/reports/nightly-tls@eu1");
    assertThat(sweep.notLooked())
        .contains("in cluster eu1 any Secret that the YAML does not name; no");
    home.others.notLooked = Optional.of("Secrets outside of a; no");
    assertThat(others().find(issuers()).orElseThrow().notLooked())
        .contains(
            "Secrets outside of a; no; in cluster eu1 any Secret that the YAML does not name; no");
  }

  @Test
  void withoutAClusterThereIsNoSweep() {
    assertThat(Clustered.others(List.of(), c -> clusters.get(c).others).find(issuers())).isEmpty();
  }
}
