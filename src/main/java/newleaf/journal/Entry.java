package newleaf.journal;

import java.time.Instant;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.plan.Step;

/// One line of the journal.
public sealed interface Entry {

  /// A run of `apply` starts on a plan.
  ///
  /// @param run chosen anew for each run; part of its operation ids
  /// @param planDigest of the plan that was said yes to; what is left of it may have another
  record RunStarted(String run, String file, String desiredDigest, String planDigest)
      implements Entry {}

  /// On disk before the step has any effect.
  ///
  /// @param attempt names this try of this step; unique in the journal
  /// @param operation the `async_operation_id` that its call will carry, for steps that change a
  ///   namespace
  record Begun(String attempt, Step step, Optional<String> operation) implements Entry {}

  record Proved(String attempt, String what) implements Entry {}

  record Ended(String attempt, Outcome outcome) implements Entry {}

  record GateOpened(String gate) implements Entry {}

  /// @param who as the operating system or the CI names the person
  record Approved(String gate, String who) implements Entry {}

  /// The CA was removed, workers dropped, and it is accepted again.
  record PutBack(String ca) implements Entry {}

  /// A rollback begins. From now on the CA stays at generation `to`, also in plans that nobody
  /// asked a rollback of.
  ///
  /// @param ca the name in the YAML
  /// @param from the newest generation
  /// @param to the newest too, when the CA goes forward again
  record RolledBack(String ca, int from, int to, String who) implements Entry {}

  /// @param pem the certificate, public
  record CaMade(String ca, Fingerprint fingerprint, String pem) implements Entry {}

  /// A CA that newleaf did not make is about to be removed; afterwards its certificate is only
  /// here, for putting it back.
  ///
  /// @param pem the certificate, public
  record CaKept(String ca, Fingerprint fingerprint, String pem) implements Entry {}

  /// The issuance ledger: which leaves exist, and when they stop to.
  record LeafIssued(String place, Fingerprint leaf, Fingerprint issuer, Instant notAfter)
      implements Entry {}
}
