package newleaf.apply;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.NewleafException;
import newleaf.apply.Prover.Endpoint;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.journal.Outcome;
import newleaf.observed.CaReading;
import newleaf.observed.LeafPlace;
import newleaf.observed.NamespaceReading;
import newleaf.plan.Action;
import newleaf.plan.CaGeneration;

/// Making a CA, adding it beside the old one, changing filters.
record TrustSteps(Ports ports, World world, Proofs proofs) {

  Outcome issue(Action.IssueCa action, Attempt attempt) {
    if (world.ca(action.ca()).isPresent()) {
      return new Outcome.AlreadySo();
    }
    CaReading made =
        action
            .keyOf()
            .map(of -> renew(action, of))
            .orElseGet(() ->
                ports.caKeys().make(action.ca().ca(), action.ca().generation(), action.profile()));
    attempt.made(action.ca(), made.certificate());
    attempt.note(
        "%s, %s, until %s"
            .formatted(
                made.ca().certificate().subject().value(),
                made.ca().certificate().fingerprint().shortText(),
                made.ca().certificate().validity().notAfter()));
    return new Outcome.Done();
  }

  private CaReading renew(Action.IssueCa action, CaGeneration of) {
    return ports
        .caKeys()
        .renew(
            action.ca().ca(),
            action.ca().generation(),
            of.generation(),
            action.profile().validity());
  }

  Outcome trust(Action.TrustCa action, Attempt attempt) {
    X509Certificate ca = world.certificate(action.ca());
    NamespaceReading before = world.namespace(action.namespace());
    Set<Fingerprint> leaving = new HashSet<>(action.expired());
    action.replaces().ifPresent(old -> leaving.add(Fingerprint.of(world.certificate(old))));
    boolean already =
        before.namespace().trusts(Fingerprint.of(ca))
            && leaving.stream().noneMatch(before.namespace()::trusts);
    if (!already) {
      if (action.replaces().isPresent()) {
        leavesStayAccepted(before, action.inUse(), attempt);
      }
      attempt.change(
          ports.updates(), before, new TrustChange(List.of(ca), leaving, Optional.empty()));
    }
    try {
      prove(action, before, attempt);
    } catch (NewleafException e) {
      if (action.replaces().isPresent() && !Setbacks.endsTheRun(e.failure())) {
        putBack(action, action.replaces().get(), attempt, e);
      }
      throw e;
    }
    return already ? new Outcome.AlreadySo() : new Outcome.Done();
  }

  private void putBack(
      Action.TrustCa action, CaGeneration old, Attempt attempt, NewleafException why) {
    Fingerprint successor = Fingerprint.of(world.certificate(action.ca()));
    TrustChange back =
        new TrustChange(List.of(world.certificate(old)), Set.of(successor), Optional.empty());
    puttingBack(action, attempt).now(old.address(), back, why);
  }

  private PuttingBack puttingBack(Action.TrustCa action, Attempt attempt) {
    return new PuttingBack(ports, world, action.namespace(), attempt);
  }

  void stopWhenPutBack(Action.TrustCa action, Attempt attempt) {
    action
        .replaces()
        .ifPresent(old ->
            puttingBack(action, attempt)
                .stopWhenDone(old.address(), "leaves were refused in an earlier run"));
  }

  private void prove(Action.TrustCa action, NamespaceReading before, Attempt attempt) {
    Endpoint endpoint = world.endpointAfter(before);
    HeldCertificate probe =
        ports.caKeys().issue(action.ca().ca(), action.ca().generation(), action.probe());
    proofs.accepted(attempt, endpoint, probe, "a leaf of " + action.ca().address());
    leavesStayAccepted(before, action.inUse(), attempt);
    proofs.refused(attempt, endpoint, ports.caKeys().stranger(action.probe()), "a stranger's leaf");
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
    for (LeafPlace place : places) {
      world
          .acceptedLeaf(place, before)
          .ifPresent(leaf ->
              proofs.accepted(
                  attempt,
                  world.endpointAfter(before),
                  leaf,
                  "the leaf in use at " + place.address()));
    }
  }
}
