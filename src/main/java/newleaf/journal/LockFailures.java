package newleaf.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.Printable;
import newleaf.journal.LeaseRecord.Holder;

/// What is said when the lock is with somebody else.
final class LockFailures {
  private static final String SHOW = "Look who holds it: newleaf lock show";

  private LockFailures() {}

  private static Instant at(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  static NewleafException held(LeaseStore store, Holder holder) {
    return new NewleafException(
        new Failure.LockHeld(
            new Explanation(
                "NL6001",
                store.where(),
                "is held by %s since %s, until %s unless renewed; two runs on the same state would"
                        .formatted(
                            Printable.of(holder.who()), at(holder.acquired()), at(holder.until()))
                    + " undo each other.",
                "Wait until that run ends. If it is known to be gone: newleaf lock release --id "
                    + Printable.of(holder.id()))));
  }

  static NewleafException contended(LeaseStore store) {
    return new NewleafException(
        new Failure.LockHeld(
            new Explanation(
                "NL6001", store.where(), "is being changed by other runs all the time.", SHOW)));
  }

  static NewleafException fencedOut(LeaseStore store, Optional<LeaseRecord> now) {
    String who =
        now.flatMap(LeaseRecord::holder)
            .map(h ->
                "was taken over by %s at %s".formatted(Printable.of(h.who()), at(h.acquired())))
            .orElse("was released, by hand or by a run that took it over");
    return new NewleafException(
        new Failure.LockHeld(
            new Explanation(
                "NL6009",
                store.where(),
                who + ", so this run does nothing more; what it began is in the journal.",
                SHOW + " ; then run the apply again")));
  }

  static NewleafException notHeld(LeaseStore store, String id) {
    return new NewleafException(
        new Failure.Stale(
            new Explanation(
                "NL6011",
                store.where(),
                "is not held under the id %s.".formatted(Printable.of(id)),
                SHOW)));
  }

  static NewleafException alive(LeaseStore store, Holder holder) {
    return new NewleafException(
        new Failure.Refused(
            new Explanation(
                "NL6012",
                store.where(),
                "is held by %s, which may still be at work; its lease runs until %s."
                    .formatted(Printable.of(holder.who()), at(holder.until())),
                "Stop it first, or wait; what is certain to be gone: newleaf lock release --force"
                    + " --id "
                    + Printable.of(holder.id()))));
  }
}
