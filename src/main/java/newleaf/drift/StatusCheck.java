package newleaf.drift;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// Tells from facts how far rotations are.
public final class StatusCheck {
  private final Desired desired;
  private final Observed live;
  private final Plan plan;

  private StatusCheck(Desired desired, Observed live, Plan plan) {
    this.desired = desired;
    this.live = live;
    this.plan = plan;
  }

  /// @param plan of the same world
  public static Status of(
      Desired desired, Observed live, Plan plan, Runs runs, Optional<String> lockHolder) {
    StatusCheck check = new StatusCheck(desired, live, plan);
    return new Status(
        desired.file(),
        live.at(),
        desired.cas().stream().map(check::ca).toList(),
        check.stray(),
        plan.nextDue(),
        plan.steps().size(),
        !plan.applyable(),
        lockHolder,
        runs);
  }

  private Status.Ca ca(CaSpec spec) {
    List<ObservedCa> generations = live.generations(spec.name());
    List<Status.Generation> told = new ArrayList<>();
    Set<Phase> newer = EnumSet.noneOf(Phase.class);
    for (ObservedCa ca : generations.reversed()) {
      Status.Generation generation = generation(ca, newer);
      told.addFirst(generation);
      newer.add(generation.phase());
    }
    return new Status.Ca(
        spec.name(),
        told,
        steps(spec).size(),
        outlook(spec),
        gates(steps(spec)),
        plan.laterRemovals().stream().filter(l -> l.rotation().equals(spec.name())).toList());
  }

  private Status.Generation generation(ObservedCa ca, Set<Phase> newer) {
    Fingerprint fingerprint = ca.certificate().fingerprint();
    List<String> trustedBy =
        live.namespaces().stream()
            .filter(n -> n.trusts(fingerprint))
            .map(ObservedNamespace::name)
            .toList();
    List<Status.Place> leaves =
        live.leaves().stream()
            .filter(l -> Sightings.issuedBy(l, fingerprint))
            .map(StatusCheck::place)
            .toList();
    boolean used = !leaves.isEmpty() || (nobodyAsks(ca) && !trustedBy.isEmpty());
    Phase phase = phase(used, !trustedBy.isEmpty(), newer);
    return new Status.Generation(
        ca.address(), phase, ca.certificate(), ca.keyHeld(), trustedBy, leaves);
  }

  /// @param newer the phases of the generations after it
  private static Phase phase(boolean used, boolean trusted, Set<Phase> newer) {
    if (!used && !trusted) {
      return newer.contains(Phase.ACTIVE) || newer.contains(Phase.STAGED)
          ? Phase.REMOVED
          : Phase.GENERATED;
    }
    if (newer.contains(Phase.ACTIVE)) {
      return Phase.RETIRING;
    }
    return used ? Phase.ACTIVE : Phase.STAGED;
  }

  /// The YAML asks for no leaf of it at a place: others issue from it.
  private boolean nobodyAsks(ObservedCa ca) {
    return Places.of(desired).values().stream().noneMatch(l -> l.ca().equals(ca.name()));
  }

  private List<Step> steps(CaSpec spec) {
    return plan.steps().stream().filter(s -> s.rotation().equals(spec.name())).toList();
  }

  private Optional<Plan.RotationOutlook> outlook(CaSpec spec) {
    return plan.rotations().stream().filter(r -> r.ca().equals(spec.name())).findFirst();
  }

  private List<Gate> gates(List<Step> steps) {
    List<String> ids = steps.stream().map(Step::id).toList();
    return plan.gates().stream().filter(g -> g.before().stream().anyMatch(ids::contains)).toList();
  }

  private List<Status.Place> stray() {
    Set<Fingerprint> own = new HashSet<>();
    live.cas().forEach(c -> own.add(c.certificate().fingerprint()));
    return live.leaves().stream()
        .filter(l -> l.issuedBy().filter(own::contains).isEmpty())
        .map(StatusCheck::place)
        .toList();
  }

  private static Status.Place place(ObservedLeaf leaf) {
    return new Status.Place(leaf.place().address(), leaf.certificate());
  }
}
