package newleaf.apply;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import newleaf.apply.Prover.Endpoint;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.journal.Outcome;
import newleaf.observed.CaReading;
import newleaf.observed.LeafPlace;
import newleaf.observed.NamespaceReading;
import newleaf.plan.Action;

/// Making a CA, adding it beside the old one, changing filters.
record TrustSteps(Ports ports, World world, Proofs proofs) {

  Outcome issue(Action.IssueCa action, Attempt attempt) {
    if (world.ca(action.ca()).isPresent()) {
      return new Outcome.AlreadySo();
    }
    CaReading made =
        ports.caKeys().make(action.ca().ca(), action.ca().generation(), action.profile());
    attempt.made(action.ca(), made.certificate());
    attempt.note(
        "%s, %s, until %s"
            .formatted(
                made.ca().certificate().subject().value(),
                made.ca().certificate().fingerprint().shortText(),
                made.ca().certificate().validity().notAfter()));
    return new Outcome.Done();
  }

  Outcome trust(Action.TrustCa action, Attempt attempt) {
    X509Certificate ca = world.certificate(action.ca());
    NamespaceReading before = world.namespace(action.namespace());
    boolean already =
        before.namespace().trusts(Fingerprint.of(ca))
            && action.expired().stream().noneMatch(before.namespace()::trusts);
    if (!already) {
      attempt.change(
          ports.updates(),
          before,
          new TrustChange(List.of(ca), action.expired(), Optional.empty()));
    }
    Endpoint endpoint = world.endpoint(action.namespace());
    HeldCertificate probe =
        ports.caKeys().issue(action.ca().ca(), action.ca().generation(), action.probe());
    proofs.accepted(attempt, endpoint, probe, "a leaf of " + action.ca().address());
    leavesStayAccepted(before, action.inUse(), attempt);
    proofs.refused(attempt, endpoint, ports.caKeys().stranger(action.probe()), "a stranger's leaf");
    return already ? new Outcome.AlreadySo() : new Outcome.Done();
  }

  Outcome filter(Action.SetFilters action, Attempt attempt) {
    NamespaceReading before = world.namespace(action.namespace());
    boolean there = before.namespace().filters().equals(action.after());
    boolean already = there && action.expired().stream().noneMatch(before.namespace()::trusts);
    if (!there && !before.namespace().filters().equals(action.before())) {
      throw Failures.moved(
          "namespace/" + action.namespace(), "has other certificate filters than when planned.");
    }
    if (!already) {
      attempt.change(
          ports.updates(),
          before,
          new TrustChange(List.of(), action.expired(), Optional.of(action.after())));
    }
    leavesStayAccepted(before, action.inUse(), attempt);
    return already ? new Outcome.AlreadySo() : new Outcome.Done();
  }

  /// Those that should be accepted as things were before the change.
  private void leavesStayAccepted(
      NamespaceReading before, List<LeafPlace> places, Attempt attempt) {
    NamespaceReading now = world.namespace(before.namespace().name());
    for (LeafPlace place : places) {
      world
          .acceptedLeaf(place, before)
          .ifPresent(leaf ->
              proofs.accepted(
                  attempt, World.endpoint(now), leaf, "the leaf in use at " + place.address()));
    }
  }
}
