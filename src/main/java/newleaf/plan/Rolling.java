package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;

/// The part of a rotation in which workers come to load the leaf that lies at their place.
record Rolling(
    Desired desired,
    Observed observed,
    Instant asOf,
    CaSpec spec,
    Draft draft,
    List<Holder> holders) {

  /// @param reissued step ids by place
  List<String> plan(Map<LeafPlace, String> reissued) {
    List<String> steps = new ArrayList<>();
    for (Holder holder : holders) {
      Optional<String> after = Optional.ofNullable(reissued.get(holder.target().place()));
      Optional<Reason> reason =
          leftAtZero(holder.target())
              .or(() -> after.map(_ -> new Reason.LeafReissued()))
              .or(() -> notLoaded(holder.target()))
              .or(() -> justWritten(holder.target()));
      if (reason.isPresent()) {
        Guards.beforeRoll(draft, holder.target(), observed);
        Action restart = restart(holder, reason.get());
        remark(restart, reason.get());
        steps.add(draft.add(spec.name(), restart, reason.get(), after.stream().toList()));
      }
    }
    return steps;
  }

  /// Also when the YAML no longer says `restart: scale`: nobody else brings it back.
  private Optional<Reason> leftAtZero(Action.Target target) {
    return target
        .deployment()
        .flatMap(observed::worker)
        .filter(ObservedWorker::leftAtZero)
        .flatMap(ObservedWorker::parked)
        .map(Reason.LeftAtZero::new);
  }

  /// What a person may not expect of a restart.
  private void remark(Action restart, Reason reason) {
    switch (restart) {
      case Action.RollWorker(var target) ->
          observed
              .worker(target.deployment().orElseThrow())
              .flatMap(ObservedWorker::pause)
              .ifPresent(why -> notice(Notice.What.WORKERS_PAUSE, target, why));
      case Action.ScaleWorker(var target) ->
          observed
              .worker(target.deployment().orElseThrow())
              .flatMap(ObservedWorker::autoscaler)
              .filter(_ -> !(reason instanceof Reason.LeftAtZero))
              .ifPresent(name -> notice(Notice.What.AUTOSCALER_RESTS, target, name));
      case Action.IssueCa _,
          Action.TrustCa _,
          Action.SetFilters _,
          Action.ReissueLeaf _,
          Action.AwaitReload _,
          Action.RetireCa _ -> {}
    }
  }

  private void notice(Notice.What what, Action.Target target, String about) {
    Notice notice = new Notice(what, target.address(), about, Optional.empty());
    if (!draft.notices.contains(notice)) { // several workers may share a workload
      draft.notices.add(notice);
    }
  }

  private Optional<Reason> notLoaded(Action.Target target) {
    ObservedLeaf leaf = draft.leafAt(target.place());
    if (target.deployment().isEmpty() || leaf.certificate().isEmpty()) {
      return Optional.empty();
    }
    Fingerprint wanted = leaf.certificate().get().fingerprint();
    List<String> behind =
        observed
            .worker(target.deployment().get())
            .map(w -> w.notOn(wanted, leaf.writtenAt()))
            .orElse(List.of())
            .stream()
            .map(ObservedWorker.Pod::name)
            .toList();
    return behind.isEmpty() ? Optional.empty() : Optional.of(new Reason.NotLoaded(behind));
  }

  /// A run was stopped between the delivery of a leaf and the time that was to be given for loading
  /// it. It matters only while there is something that could lock the leaf before out.
  private Optional<Reason> justWritten(Action.Target target) {
    return target.deployment().isEmpty() && (oneIsToGo(target) || filtersAreToChange(target))
        ? draft
            .leafAt(target.place())
            .writtenAt()
            .filter(at -> asOf.isBefore(at.plus(Terms.RELOAD)))
            .map(Reason.JustWritten::new)
        : Optional.empty();
  }

  private boolean oneIsToGo(Action.Target target) {
    return observed.namespaces().stream()
        .filter(n -> target.namespaces().contains(n.name()))
        .anyMatch(n ->
            observed.cas().stream()
                .filter(ca -> n.trusts(ca.certificate().fingerprint()))
                .anyMatch(ca -> !isNewest(ca) || !isAccepted(ca, n.name())));
  }

  private boolean filtersAreToChange(Action.Target target) {
    return desired.namespaces().stream()
        .filter(n -> target.namespaces().contains(n.name()) && n.filters().isPresent())
        .anyMatch(n ->
            observed
                .namespace(n.name())
                .filter(found -> !found.filters().equals(n.filters().get()))
                .isPresent());
  }

  private boolean isNewest(ObservedCa ca) {
    return observed.generations(ca.name()).getLast().equals(ca);
  }

  private boolean isAccepted(ObservedCa ca, String namespace) {
    return Holder.accepting(desired, ca.name()).contains(namespace);
  }

  private static Action restart(Holder holder, Reason reason) {
    if (reason instanceof Reason.LeftAtZero) {
      return new Action.ScaleWorker(holder.target());
    }
    return switch (holder.restart()) {
      case ROLLING -> new Action.RollWorker(holder.target());
      case SCALE -> new Action.ScaleWorker(holder.target());
      case NONE -> new Action.AwaitReload(holder.target());
    };
  }
}
