package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.LeaseRecord.Holder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Time is the test's, the record is in memory.
class RunLockTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final MemoryLease store = new MemoryLease();
  private Instant now = NOW;

  private RunLock take(String id) {
    return RunLock.take(store, claim(id), () -> now);
  }

  private static RunLock.Claim claim(String id) {
    return new RunLock.Claim(id, "apply by " + id, "build-7", LEASE);
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  private static String line(ThrowingCallable call) {
    String[] line = new String[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(NewleafException.class, e -> line[0] = e.failure().line());
    return line[0];
  }

  private void isHeldBy(String id) {
    assertThatThrownBy(() -> take("me"))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.LockHeld.class);
              assertThat(e.failure().line())
                  .startsWith("NL6001 memory: is held by apply by " + id + " since 2026-")
                  .contains(" until 2026-")
                  .endsWith("newleaf lock release --id " + id);
            });
  }

  private static void isFencedOut(RunLock lock, String by) {
    assertThat(line(lock::check)).startsWith("NL6009 memory: was " + by);
    assertThat(line(lock::renew)).startsWith("NL6009 ");
  }

  @Test
  void secondTakerIsRefusedUntilTheFirstCloses() {
    try (RunLock ann = take("ann")) {
      isHeldBy("ann");
      ann.check();
      assertThat(ann.takenOverFrom()).isEmpty();
    }
    try (RunLock bob = take("bob")) {
      assertThat(bob.takenOverFrom()).isEmpty();
      assertThat(bob.record().fencing()).isEqualTo(2);
      isHeldBy("bob");
    }
  }

  @Test
  void closingTwiceFreesNobodyElse() {
    RunLock ann = take("ann");
    ann.close();
    RunLock bob = take("bob");
    ann.close();
    bob.check();
    isHeldBy("bob");
    isFencedOut(ann, "taken over by apply by bob");
  }

  @Test
  void closedLockLetsNothingPass() {
    RunLock ann = take("ann");
    ann.close();
    isFencedOut(ann, "released");
  }

  @Test
  void leaseThatIsRenewedHoldsOn() {
    RunLock ann = take("ann");
    for (int i = 0; i < 20; i++) {
      pass(15);
      ann.renew();
      isHeldBy("ann");
    }
    assertThat(ann.record().holder())
        .contains(new Holder("ann", "apply by ann", "build-7", NOW, now, LEASE));
  }

  @Test
  void askingRenewsWhenHalfTheLeaseIsOver() {
    RunLock ann = take("ann");
    pass(29);
    ann.check();
    assertThat(store.read().flatMap(LeaseRecord::holder)).map(Holder::renewed).contains(NOW);
    pass(1);
    ann.check();
    assertThat(store.read().flatMap(LeaseRecord::holder)).map(Holder::renewed).contains(now);
  }

  @Test
  void holderThatIsGoneBlocksForTheLeaseAndNoLonger() {
    RunLock ann = take("ann");
    pass(59);
    isHeldBy("ann");
    pass(1);
    try (RunLock bob = take("bob")) {
      assertThat(bob.takenOverFrom()).map(Holder::id).contains("ann");
      assertThat(bob.record().fencing()).isEqualTo(2);
      isFencedOut(ann, "taken over by apply by bob at 2026-11-24T00:01:00Z");
      ann.close();
      isHeldBy("bob");
      bob.check();
    }
    isFencedOut(ann, "released");
  }

  @Test
  void holderThatIsKnownToHaveEndedBlocksNobody() {
    RunLock ann = take("ann");
    store.end("ann");
    assertThat(RunLock.holder(store, () -> now)).isEmpty();
    RunLock bob = take("bob");
    assertThat(bob.takenOverFrom()).map(Holder::id).contains("ann");
    isFencedOut(ann, "taken over by apply by bob");
  }

  @Test
  void runThatSleptGoesOnWhenNobodyTookOver() {
    RunLock ann = take("ann");
    pass(100_000);
    ann.check();
    isHeldBy("ann");
    pass(100_000);
    ann.renew();
    isHeldBy("ann");
  }

  @Test
  void clockThatJumpsForwardEndsNoRun() {
    RunLock ann = take("ann");
    pass(86_400);
    ann.check();
    pass(-86_400);
    ann.check();
    isHeldBy("ann");
  }

  @Test
  void clockThatIsSetBackShortensNothingThatOthersSee() {
    pass(3600);
    RunLock ann = take("ann");
    Instant until = now.plus(LEASE);
    pass(-3600);
    ann.renew();
    ann.check();
    assertThat(ann.record().holder()).map(Holder::until).contains(until);
    isHeldBy("ann");
    pass(3600 + 59);
    isHeldBy("ann");
    ann.renew();
    assertThat(ann.record().holder()).map(Holder::until).contains(now.plus(LEASE));
  }

  @Test
  void takerWhoseClockIsAheadTakesOverAndTheHolderStops() {
    RunLock ann = take("ann");
    Instant ahead = now.plusSeconds(61);
    RunLock bob = RunLock.take(store, claim("bob"), () -> ahead);
    bob.check();
    isFencedOut(ann, "taken over by apply by bob");
    assertThat(line(() -> take("me")))
        .as("also behind bob's clock")
        .contains("held by apply by bob");
  }

  @Test
  void holderIsNamedWithoutTaking() {
    assertThat(RunLock.holder(store, () -> now)).isEmpty();
    RunLock ann = take("ann");
    assertThat(RunLock.holder(store, () -> now)).map(Holder::id).contains("ann");
    assertThat(store.read()).contains(ann.record());
    ann.close();
    assertThat(RunLock.holder(store, () -> now)).isEmpty();
  }

  @Test
  void releaseByHandStopsTheHolderAndLetsTheNextOneIn() {
    RunLock ann = take("ann");
    assertThat(line(() -> RunLock.release(store, "bob", true, () -> now)))
        .startsWith("NL6011 memory: is not held under the id bob.");
    assertThat(line(() -> RunLock.release(store, "ann", false, () -> now)))
        .startsWith("NL6012 ")
        .endsWith("newleaf lock release --force --id ann");
    ann.check();
    assertThat(RunLock.release(store, "ann", true, () -> now).who()).isEqualTo("apply by ann");
    isFencedOut(ann, "released, by hand");
    assertThat(take("bob").record().fencing()).isEqualTo(2);
    assertThat(line(() -> RunLock.release(store, "ann", true, () -> now))).startsWith("NL6011 ");
  }

  @Test
  void holderThatIsGoneIsReleasedWithoutForce() {
    take("ann");
    pass(60);
    assertThat(RunLock.release(store, "ann", false, () -> now).id()).isEqualTo("ann");
    take("bob");
    store.end("bob");
    assertThat(RunLock.release(store, "bob", false, () -> now).id()).isEqualTo("bob");
    assertThat(line(() -> RunLock.release(store, "bob", true, () -> now))).startsWith("NL6011 ");
  }

  @Test
  void storeThatCanNotBeReachedForAMomentEndsNoRun() {
    Flaky flaky = new Flaky(store);
    RunLock ann = RunLock.take(flaky, claim("ann"), () -> now);
    flaky.down = true;
    pass(15);
    assertThat(line(ann::renew)).startsWith("NL6003 ");
    assertThat(line(ann::check)).as("without an answer nothing is done").startsWith("NL6003 ");
    flaky.down = false;
    ann.check();
    flaky.down = true;
    assertThatCode(ann::close).doesNotThrowAnyException();
    flaky.down = false;
    isHeldBy("ann");
    pass(60);
    take("bob").check();
  }

  @Test
  void renewalWhoseAnswerWasLostIsNoLoss() {
    Flaky flaky = new Flaky(store);
    RunLock ann = RunLock.take(flaky, claim("ann"), () -> now);
    flaky.losesAnswers = true;
    pass(30);
    assertThat(line(ann::renew)).startsWith("NL6003 ");
    flaky.losesAnswers = false;
    ann.check();
    ann.renew();
    isHeldBy("ann");
  }

  private static final class Flaky implements LeaseStore {
    private final LeaseStore real;
    private boolean down;
    private boolean losesAnswers;

    private Flaky(LeaseStore real) {
      this.real = real;
    }

    private void answer(boolean lost) {
      if (lost) {
        throw new NewleafException(
            new Failure.Misconfigured(new Explanation("NL6003", "memory", "is away.", "Wait.")));
      }
    }

    @Override
    public String where() {
      return real.where();
    }

    @Override
    public Optional<LeaseRecord> read() {
      answer(down);
      return real.read();
    }

    @Override
    public boolean replace(Optional<LeaseRecord> expected, LeaseRecord next) {
      answer(down);
      boolean done = real.replace(expected, next);
      answer(losesAnswers);
      return done;
    }

    @Override
    public boolean ended(Holder holder) {
      return real.ended(holder);
    }
  }
}
