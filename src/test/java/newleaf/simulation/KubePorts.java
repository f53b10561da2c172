package newleaf.simulation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import newleaf.apply.LeafDelivery;
import newleaf.apply.WorkerRolls;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;

/// The cluster as one process of newleaf reaches it.
record KubePorts(World world, Life life) implements Leaves, LeafDelivery, WorkerRolls {
  @Override
  public List<ObservedLeaf> read(Collection<LeafPlace> places, Issuers issuers) {
    life.step("reading leaves");
    life.mayNotArrive("the cluster");
    return places.stream().map(place -> world.places.reading(place, issuers)).toList();
  }

  @Override
  public void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> expectedVersion) {
    change(
        place.address(),
        () -> {
          if (!world.places.version(place).equals(expectedVersion)) {
            throw Life.stale(place.address(), "was changed meanwhile");
          }
          world.law.delivering(place, leaf);
          world.places.put(place, leaf, world.now(), false);
          world.effect("wrote " + place.address());
          world.written(place);
        });
  }

  private void change(String where, Runnable change) {
    world.law.sends(life, where);
    life.travel();
    life.mayNotArrive(where);
    change.run();
    world.law.countsAreKept();
    life.mayLoseReply(where);
    life.step("after changing " + where);
  }

  @Override
  public Optional<HeldCertificate> current(LeafPlace place) {
    life.step("loading a leaf");
    return world.places.current(place);
  }

  @Override
  public Optional<HeldCertificate> previous(LeafPlace place) {
    return world.places.at(place).flatMap(Places.Stored::previous);
  }

  List<ObservedWorker> workers(Collection<Workers.Question> questions) {
    life.step("reading workers");
    life.mayNotArrive("the cluster");
    return questions.stream().map(q -> world.workloads.get(q.worker()).observed(q.leaf())).toList();
  }

  @Override
  public void roll(WorkerRef worker, Fingerprint leaf) {
    Workload workload = world.workloads.get(worker);
    change(
        worker.address(),
        () -> {
          if (workload.roll(leaf)) {
            world.law.rolled(workload, leaf);
          }
        });
  }

  @Override
  public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
    Workload workload = world.workloads.get(worker);
    change(
        worker.address(),
        () -> {
          world.law.scaling(workload, leaf);
          workload.scaleToZero(leaf);
        });
  }

  @Override
  public void scaleBack(WorkerRef worker) {
    Workload workload = world.workloads.get(worker);
    change(
        worker.address(),
        () -> {
          if (workload.kept.isPresent()) {
            world.effect("scaled back " + worker.address());
          }
          workload.scaleBack();
        });
  }

  @Override
  public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
    life.step("looking at " + worker.address());
    life.mayNotArrive(worker.address());
    return world.workloads.get(worker).observed(leaf);
  }
}
