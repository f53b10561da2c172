package newleaf.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;

/// What was changed where the keys of a CA live. Of a generation that nobody uses any more, files
/// may go.
record CaDrift(List<ObservedCa> before, Deeds since, Observed live) {

  List<Finding> find(List<ObservedCa> now) {
    List<Finding> found = new ArrayList<>();
    for (ObservedCa was : before) {
      with(now, was.generation())
          .ifPresentOrElse(
              is -> compare(was, is, found),
              () -> {
                if (needed(was)) {
                  found.add(new Finding.CaFileGone(was.address(), was.certificate()));
                }
              });
    }
    for (ObservedCa is : now) {
      if (with(before, is.generation()).isEmpty()
          && !since.makes(is.address(), is.certificate().fingerprint())) {
        found.add(new Finding.CaAppeared(is.address(), is.certificate()));
      }
    }
    return found;
  }

  private void compare(ObservedCa was, ObservedCa is, List<Finding> found) {
    if (!was.certificate().fingerprint().equals(is.certificate().fingerprint())) {
      if (!since.makes(is.address(), is.certificate().fingerprint())) {
        found.add(new Finding.CaFileChanged(was.address(), was.certificate(), is.certificate()));
      }
    } else if (was.keyHeld() && !is.keyHeld() && needed(was)) {
      found.add(new Finding.CaKeyGone(was.address(), was.certificate()));
    }
  }

  private boolean needed(ObservedCa ca) {
    return before.getLast().generation() == ca.generation() || Sightings.inUse(live, ca);
  }

  private static Optional<ObservedCa> with(List<ObservedCa> generations, int generation) {
    return generations.stream().filter(c -> c.generation() == generation).findFirst();
  }
}
