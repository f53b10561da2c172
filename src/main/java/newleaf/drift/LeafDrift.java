package newleaf.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.observed.ObservedLeaf;

/// What was changed at a place for a leaf.
record LeafDrift(ObservedLeaf before, Deeds since) {

  List<Finding> find(ObservedLeaf now) {
    List<Finding> found = new ArrayList<>();
    Optional<Certificate> was = before.certificate();
    if (now.certificate().isPresent()) {
      there(now, now.certificate().get(), found);
    } else {
      was.ifPresent(leaf -> found.add(new Finding.LeafGone(before.place(), leaf)));
    }
    now.owner()
        .filter(owner -> !before.owner().equals(Optional.of(owner)))
        .ifPresent(
            owner -> found.add(new Finding.OwnerAppeared(before.place(), before.owner(), owner)));
    return found;
  }

  private void there(ObservedLeaf now, Certificate leaf, List<Finding> found) {
    Optional<Fingerprint> was = before.certificate().map(Certificate::fingerprint);
    if (!was.equals(Optional.of(leaf.fingerprint()))) {
      if (!since.issued(before.place(), leaf.fingerprint())) {
        found.add(new Finding.LeafReplaced(before.place(), before.certificate(), leaf));
        return;
      }
    } else if (!before.keyMatches()) {
      return; // plan speaks of it
    }
    // a directory has two files, and a run may be between them
    if (!now.keyMatches() && !since.reissuing(before.place())) {
      found.add(new Finding.KeyMismatch(before.place(), leaf));
    }
  }
}
