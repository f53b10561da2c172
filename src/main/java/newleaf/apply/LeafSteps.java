package newleaf.apply;

import java.security.cert.X509Certificate;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.journal.Outcome;
import newleaf.observed.ObservedLeaf;
import newleaf.plan.Action;

/// Issuing a leaf, proving it, and only then putting it where workers load it from.
record LeafSteps(World world, Ports ports, Proofs proofs) {

  Outcome reissue(Action.ReissueLeaf action, Attempt attempt) {
    X509Certificate issuer = world.certificate(action.ca());
    ObservedLeaf there = world.leaf(action.place(), issuer);
    Optional<Fingerprint> found = there.certificate().map(c -> c.fingerprint());
    if (!found.equals(action.replaces())) {
      if (delivered(there, issuer)) {
        return new Outcome.AlreadySo();
      }
      throw Failures.moved(
          action.place().address(),
          "holds another leaf than when planned (%s)."
              .formatted(found.map(Fingerprint::shortText).orElse("none")));
    }
    HeldCertificate leaf =
        ports
            .delivery()
            .issue(
                action.place(),
                action.profile(),
                new LeafSource(ports.caKeys(), action.ca().ca(), action.ca().generation()));
    for (String namespace : action.namespaces()) {
      proofs.accepted(
          attempt, world.endpoint(namespace), leaf, "the new leaf in namespace/" + namespace);
    }
    attempt.issued(action.place(), leaf, Fingerprint.of(issuer));
    ports.delivery().deliver(action.place(), leaf, there.version());
    attempt.note(
        "%s, until %s"
            .formatted(
                leaf.fingerprint().shortText(), leaf.certificate().getNotAfter().toInstant()));
    return new Outcome.Done();
  }

  /// An earlier try got this far: the leaf there is good and comes from the CA it should.
  boolean delivered(ObservedLeaf there, X509Certificate issuer) {
    return there.keyMatches()
        && there.issuedBy().equals(Optional.of(Fingerprint.of(issuer)))
        && there
            .certificate()
            .filter(c -> c.validity().holdsAt(ports.time().instant()))
            .isPresent();
  }
}
