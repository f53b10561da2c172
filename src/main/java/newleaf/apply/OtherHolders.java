package newleaf.apply;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import newleaf.cert.CertificateFilter;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observer;
import newleaf.observed.Sweep;
import newleaf.plan.Action;
import newleaf.plan.Precondition;

/// Looks, right before a CA is removed, whether a Secret that the YAML does not name holds a leaf
/// of it. Those that the plan knew of were asked about before.
record OtherHolders(Ports ports, World world) {

  void unused(Action.RetireCa action, X509Certificate ca, Attempt attempt) {
    if (!world.validNow(ca)) {
      return; // it verifies nothing any more
    }
    Optional<Sweep> sweep = ports.others().find(Observer.among(List.of(ca)));
    if (sweep.isEmpty()) {
      return;
    }
    Set<LeafPlace> known = known(attempt);
    sweep.get().strays().stream()
        .filter(s -> !known.contains(s.place()) && getsIn(action, s))
        .findFirst()
        .ifPresent(s -> {
          throw Failures.stillInUse(
              s.place().address(),
              "it is not in the YAML and holds a leaf of " + action.oldAddress());
        });
    sweep
        .get()
        .notLooked()
        .ifPresentOrElse(
            why -> attempt.note("not looked at: " + why),
            () ->
                attempt.proved(
                    "no other of %d Secrets holds a leaf of %s"
                        .formatted(sweep.get().looked(), action.oldAddress())));
  }

  private boolean getsIn(Action.RetireCa action, Sweep.Stray stray) {
    return stray.leaf().validity().holdsAt(ports.time().instant())
        && CertificateFilter.anyMatches(
            world.namespace(action.namespace()).namespace().filters(), stray.leaf());
  }

  private static Set<LeafPlace> known(Attempt attempt) {
    return attempt.step().terms().preconditions().stream()
        .<LeafPlace>mapMulti((precondition, out) -> {
          if (precondition instanceof Precondition.NoOtherHolder(_, var but)) {
            but.forEach(out);
          }
        })
        .collect(Collectors.toSet());
  }
}
