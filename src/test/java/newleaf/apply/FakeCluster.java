package newleaf.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Fingerprint;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;

/// Deployments by their names.
final class FakeCluster implements Workers, WorkerRolls {
  final Map<WorkerRef, FakeDeployment> deployments = new LinkedHashMap<>();

  /// What newleaf did that had an effect: `roll deployment/a/b`, `scale down deployment/a/b`.
  final List<String> effects = new ArrayList<>();

  @Override
  public List<ObservedWorker> read(Collection<Question> questions) {
    return questions.stream().map(q -> look(q.worker(), q.leaf())).toList();
  }

  @Override
  public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
    return deployments.containsKey(worker)
        ? deployments.get(worker).observed(leaf)
        : new ObservedWorker(worker, false, 0, false, Optional.empty(), false, List.of());
  }

  @Override
  public void roll(WorkerRef worker, Fingerprint leaf) {
    if (there(worker).roll(leaf)) {
      effects.add("roll " + worker.address());
    }
  }

  @Override
  public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
    there(worker).scaleToZero(leaf);
    effects.add("scale down " + worker.address());
  }

  @Override
  public void scaleBack(WorkerRef worker) {
    there(worker).scaleBack();
  }

  private FakeDeployment there(WorkerRef worker) {
    return Optional.ofNullable(deployments.get(worker))
        .orElseThrow(() ->
            new NewleafException(
                new Failure.Stale(
                    new Explanation("NL4006", worker.address(), "is not there.", "Plan again."))));
  }
}
