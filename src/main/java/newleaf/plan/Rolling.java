package newleaf.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;

/// The part of a rotation in which workers come to load the leaf that lies at their place.
record Rolling(Survey survey, CaSpec spec, Draft draft) {

  /// @param reissued step ids by place
  List<String> plan(Map<LeafPlace, String> reissued) {
    List<String> steps = new ArrayList<>();
    for (Holder holder : draft.holders.ofCa(spec.name())) {
      Optional<String> after = Optional.ofNullable(reissued.get(holder.target().place()));
      Optional<Reason> reason =
          leftAtZero(holder.target())
              .or(() -> after.map(_ -> new Reason.LeafReissued()))
              .or(() -> notLoaded(holder.target()))
              .or(() -> justWritten(holder.target()));
      if (reason.isPresent()) {
        Guards.beforeRoll(draft, holder.target(), survey);
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
        .flatMap(survey::worker)
        .filter(ObservedWorker::leftAtZero)
        .flatMap(ObservedWorker::parked)
        .map(Reason.LeftAtZero::new);
  }

  /// What a person may not expect of a restart.
  private void remark(Action restart, Reason reason) {
    switch (restart) {
      case Action.RollWorker(var target) ->
          survey
              .worker(target.deployment().orElseThrow())
              .flatMap(ObservedWorker::pause)
              .ifPresent(why -> notice(Notice.What.WORKERS_PAUSE, target, why));
      case Action.ScaleWorker(var target) ->
          survey
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
    draft.notice(new Notice(what, target.address(), about, Optional.empty()));
  }

  private Optional<Reason> notLoaded(Action.Target target) {
    ObservedLeaf leaf = survey.leafAt(target.place());
    if (target.deployment().isEmpty() || leaf.certificate().isEmpty()) {
      return Optional.empty();
    }
    Fingerprint wanted = leaf.certificate().get().fingerprint();
    List<String> behind =
        survey
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
        ? survey
            .leafAt(target.place())
            .writtenAt()
            .filter(at -> survey.asOf.isBefore(at.plus(Terms.RELOAD)))
            .map(Reason.JustWritten::new)
        : Optional.empty();
  }

  private boolean oneIsToGo(Action.Target target) {
    return survey.namespaces(target.namespaces()).stream()
        .anyMatch(n ->
            n.acceptedClientCas().stream()
                .flatMap(ca -> survey.ca(ca.fingerprint()).stream())
                .anyMatch(ca -> !isNewest(ca) || !survey.wanted.accepts(n.name(), ca.name())));
  }

  private boolean filtersAreToChange(Action.Target target) {
    return survey.namespaces(target.namespaces()).stream()
        .anyMatch(n ->
            survey
                .wanted
                .namespace(n.name())
                .flatMap(NamespaceSpec::filters)
                .filter(wanted -> !wanted.equals(n.filters()))
                .isPresent());
  }

  private boolean isNewest(ObservedCa ca) {
    return survey.generations(ca.name()).getLast().equals(ca);
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
