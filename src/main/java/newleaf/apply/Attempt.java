package newleaf.apply;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.observed.LeafPlace;
import newleaf.observed.NamespaceReading;
import newleaf.plan.CaGeneration;
import newleaf.plan.Step;

/// One try of one step: its ids, and where what happens is written down and shown.
record Attempt(
    String id,
    Step step,
    OperationId operation,
    OperationSlot slot,
    Journal journal,
    Consumer<ApplyEvent> events) {

  void note(String what) {
    events.accept(new ApplyEvent.Noted(step, what));
  }

  /// To be told when it differs from what was told last.
  void progress(Progress progress) {
    events.accept(new ApplyEvent.Progressed(step, progress));
  }

  void proved(String what) {
    journal.append(new Entry.Proved(id, what));
    events.accept(new ApplyEvent.Proved(step, what));
  }

  void made(CaGeneration ca, X509Certificate certificate) {
    journal.append(
        new Entry.CaMade(ca.address(), Fingerprint.of(certificate), Pem.of(certificate)));
  }

  /// Sends a change of what was just read, under the operation id of this attempt.
  void change(NamespaceUpdates updates, NamespaceReading before, TrustChange change) {
    change(
        updates,
        before,
        change,
        operation,
        () -> progress(new Progress.Accepted(operation.value())));
  }

  /// The same under another id. When it fails nobody knows whether the operation has ended, so the
  /// slot stays until the step does.
  void change(
      NamespaceUpdates updates,
      NamespaceReading before,
      TrustChange change,
      OperationId id,
      Runnable accepted) {
    slot.take();
    updates.update(
        before.namespace().name(), before.namespace().resourceVersion(), change, id, accepted);
    slot.free();
  }

  void keep(String ca, X509Certificate certificate) {
    Fingerprint fingerprint = Fingerprint.of(certificate);
    if (kept(fingerprint).isEmpty()) {
      journal.append(new Entry.CaKept(ca, fingerprint, Pem.of(certificate)));
    }
  }

  Optional<X509Certificate> kept(Fingerprint fingerprint) {
    return journal.kept(fingerprint).map(kept -> Pem.certificates(kept.pem()).getFirst());
  }

  /// @param ca its address
  void putBack(String ca) {
    journal.append(new Entry.PutBack(ca));
  }

  void issued(LeafPlace place, HeldCertificate leaf, Fingerprint issuer) {
    journal.append(
        new Entry.LeafIssued(
            place.address(),
            leaf.fingerprint(),
            issuer,
            leaf.certificate().getNotAfter().toInstant()));
  }
}
