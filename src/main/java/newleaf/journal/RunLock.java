package newleaf.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.journal.LeaseRecord.Holder;

/// One newleaf at a time acts on a state: who holds the lock may act for the length of a lease, and
/// prolongs it while it lives. Somebody else takes over when the holder is known to have ended, or
/// when its lease is over; the old holder, should it still live, then hears from [#check] that it
/// may not go on.
///
/// A lease that is over and that nobody took is renewed like any other: compare-and-set decides, so
/// a clock that jumps forward, or a machine that slept, ends no run for nothing.
public final class RunLock implements Fence, AutoCloseable {
  /// How long others wait for a holder of whom they can not tell whether it lives.
  public static final Duration LEASE = Duration.ofSeconds(60);

  private static final int TRIES = 20;

  /// Who asks for the lock.
  ///
  /// @param id random; names this taking
  /// @param who for people, as in [Holder#who]
  public record Claim(String id, String who, String machine, Duration lease) {
    private LeaseRecord on(long fencing, Instant now) {
      return new LeaseRecord(fencing, Optional.of(new Holder(id, who, machine, now, now, lease)));
    }
  }

  private final LeaseStore store;
  private final InstantSource clock;
  private final Optional<Holder> before;
  private LeaseRecord mine;
  private boolean closed;

  private RunLock(
      LeaseStore store, InstantSource clock, Optional<Holder> before, LeaseRecord mine) {
    this.store = store;
    this.clock = clock;
    this.before = before;
    this.mine = mine;
  }

  /// @throws NewleafException LockHeld, naming the holder
  public static RunLock take(LeaseStore store, Claim claim, InstantSource clock) {
    Optional<LeaseRecord> found = store.read();
    for (int left = TRIES; left > 0; left--) {
      Instant now = clock.instant();
      living(store, found, now).ifPresent(holder -> held(store, holder));
      LeaseRecord next = claim.on(found.map(LeaseRecord::fencing).orElse(0L) + 1, now);
      if (store.replace(found, next)) {
        return new RunLock(store, clock, found.flatMap(LeaseRecord::holder), next);
      }
      found = store.read();
    }
    throw LockFailures.contended(store);
  }

  private static void held(LeaseStore store, Holder holder) {
    throw LockFailures.held(store, holder);
  }

  /// Who holds the lock now, without taking it or writing anything.
  public static Optional<Holder> holder(LeaseStore store, InstantSource clock) {
    return living(store, store.read(), clock.instant());
  }

  private static Optional<Holder> living(
      LeaseStore store, Optional<LeaseRecord> record, Instant now) {
    return record
        .flatMap(LeaseRecord::holder)
        .filter(holder -> now.isBefore(holder.until()) && !store.ended(holder));
  }

  /// Ends the taking of that id for its holder, by hand: it does nothing more.
  ///
  /// @param force also when it still lives, as far as can be told
  /// @return the holder that was
  /// @throws NewleafException Stale when the lock is not held under that id; Refused when it lives
  public static Holder release(LeaseStore store, String id, boolean force, InstantSource clock) {
    for (int left = TRIES; left > 0; left--) {
      LeaseRecord found =
          store
              .read()
              .filter(r -> r.isOf(id, r.fencing()))
              .orElseThrow(() -> LockFailures.notHeld(store, id));
      if (!force) {
        living(store, Optional.of(found), clock.instant())
            .ifPresent(holder -> alive(store, holder));
      }
      if (store.replace(Optional.of(found), found.released())) {
        return found.holder().orElseThrow();
      }
    }
    throw LockFailures.contended(store); // only when it is renewed all the time
  }

  private static void alive(LeaseStore store, Holder holder) {
    throw LockFailures.alive(store, holder);
  }

  /// The holder from whom this run took over: it had ended, or its lease was over, and it had not
  /// released the lock.
  public Optional<Holder> takenOverFrom() {
    return before;
  }

  public synchronized LeaseRecord record() {
    return mine;
  }

  /// Prolongs the lease.
  ///
  /// @throws NewleafException LockHeld when the lock is no longer ours; else as the store could not
  ///   be reached, which is no loss while the lease runs
  public synchronized void renew() {
    mine = own();
    LeaseRecord next =
        new LeaseRecord(mine.fencing(), mine.holder().map(h -> h.renewed(clock.instant())));
    if (!store.replace(Optional.of(mine), next)) {
      own();
      throw LockFailures.contended(store); // nobody else writes a record of ours
    }
    mine = next;
  }

  @Override
  public synchronized void check() {
    mine = own();
    Holder holder = mine.holder().orElseThrow();
    if (!clock.instant().isBefore(holder.renewed().plus(holder.lease().dividedBy(2)))) {
      renew();
    }
  }

  /// The record, if it is ours.
  private LeaseRecord own() {
    Optional<LeaseRecord> now = store.read();
    return now.filter(r -> !closed && r.isOf(id(), mine.fencing()))
        .orElseThrow(() -> LockFailures.fencedOut(store, now));
  }

  private String id() {
    return mine.holder().orElseThrow().id();
  }

  /// Whoever comes next need not wait. When the store can not be reached, the lease ends by itself.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    try {
      mine = own();
    } catch (NewleafException _) {
      // not ours any more: the store then only forgets that this process lives
    }
    closed = true;
    try {
      store.replace(Optional.of(mine), mine.released());
    } catch (NewleafException _) {
      return; // the lease ends by itself
    }
  }
}
