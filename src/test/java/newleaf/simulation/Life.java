package newleaf.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Timeline;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.RunLock;

/// One process of newleaf from its start to its end: its clock, its place in time, and all that can
/// befall it between two effects.
final class Life implements Timeline {
  static final Duration LEASE = RunLock.LEASE;

  private final World world;
  private final Plant plant;
  private final Path state;
  private final String name;
  private final SplittableRandom random;
  private Duration skew = Duration.ZERO;
  private Instant pausedUntil = Instant.MIN;
  private boolean dead;
  private Optional<RunLock> lock = Optional.empty();
  private Optional<Journal> journal = Optional.empty();

  Life(World world, Plant plant, Path state, String name, SplittableRandom random) {
    this.world = world;
    this.plant = plant;
    this.state = state;
    this.name = name;
    this.random = random;
  }

  boolean isAlive() {
    return !dead;
  }

  boolean isPaused() {
    return world.now().isBefore(pausedUntil);
  }

  /// The fencing number; 0 without a lock.
  long number() {
    return lock.map(l -> l.record().fencing()).orElse(0L);
  }

  /// @return false when somebody else has it
  boolean takeLock() {
    try {
      RunLock taken =
          RunLock.take(world.lease, new RunLock.Claim(name, name, "build", LEASE), this);
      lock = Optional.of(taken);
      world.tell(() -> this + " takes the lock, number " + number());
      if (taken.takenOverFrom().isPresent()) {
        world.takeovers++;
      }
      beatLater(taken);
      return true;
    } catch (NewleafException e) {
      if (e.failure() instanceof Failure.LockHeld) {
        return false;
      }
      throw e;
    }
  }

  private void beatLater(RunLock taken) {
    world.scheduler.in(
        LEASE.dividedBy(4),
        () -> {
          if (!dead && (isPaused() || renewed(taken))) {
            beatLater(taken);
          }
        });
  }

  private static boolean renewed(RunLock taken) {
    try {
      taken.renew();
      return true;
    } catch (NewleafException _) {
      return false; // somebody else's by now
    }
  }

  void release() {
    lock.ifPresent(RunLock::close);
  }

  Journal open() {
    Journal opened = Journal.open(state, this::line, this::fence);
    journal = Optional.of(opened);
    return opened;
  }

  /// Steps that are begun and not ended, as the journal on disk has it.
  Stream<Entry.Begun> intents() {
    return journal.stream().flatMap(j -> j.unfinished().stream());
  }

  /// The journal held a begun step for the same resource before this one's.
  ///
  /// @param operation of this one; empty for any
  boolean beganBefore(String operation) {
    List<Entry.Begun> begun =
        journal.stream()
            .flatMap(j -> j.entries().stream())
            .<Entry.Begun>mapMulti((e, out) -> {
              if (e instanceof Entry.Begun b) {
                out.accept(b);
              }
            })
            .toList();
    Optional<Entry.Begun> mine =
        begun.stream().filter(b -> b.operation().orElse("").equals(operation)).findFirst();
    return mine.isPresent()
        && begun.stream()
            .anyMatch(b ->
                !b.attempt().equals(mine.get().attempt())
                    && b.step().verb().equals(mine.get().step().verb())
                    && b.step().address().equals(mine.get().step().address()));
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  @Override
  public Instant instant() {
    requireAlive();
    return world.now().plus(skew);
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    befall("in a wait");
    if (world.chaos.strikes(Fault.STOP)) {
      world.tell(() -> this + " is asked to stop");
      throw new InterruptedException("asked to stop");
    }
    sleep(duration);
  }

  /// A call on its way.
  void step(String what) {
    befall(what);
    sleep(Duration.ofMillis(2 + random.nextInt(120)));
  }

  /// A change on its way, just behind the fence: what is sent arrives, though its sender may stand
  /// still by then. Between question and change lies only an instant; see [newleaf.journal.Fence].
  void travel() {
    sleep(Duration.ofMillis(2 + random.nextInt(120)));
  }

  private void befall(String what) {
    requireAlive();
    if (world.chaos.strikes(Fault.CRASH)) {
      throw die(what);
    }
    if (world.chaos.strikes(Fault.PAUSE)) {
      Duration pause = LEASE.plusSeconds(random.nextInt(240) - 50);
      world.tell(() -> this + " stands still for " + pause);
      pausedUntil = world.now().plus(pause);
      sleep(pause);
    }
    if (world.chaos.strikes(Fault.CLOCK_JUMP)) {
      skew = Duration.ofSeconds(random.nextInt(7200) - 3600);
      world.tell(() -> this + "'s clock is off by " + skew);
    }
  }

  void sleep(Duration duration) {
    world.scheduler.sleep(duration);
    while (isPaused()) {
      world.scheduler.sleep(Duration.between(world.now(), pausedUntil));
    }
    requireAlive();
  }

  private void requireAlive() {
    if (dead) {
      throw new Killed("dead");
    }
  }

  Killed die(String where) {
    world.tell(() -> this + " is killed at " + where);
    dead = true;
    if (random.nextInt(3) == 0) {
      world.lease.end(name); // the next one runs on the same machine, and sees that it is gone
    }
    return new Killed(where);
  }

  void end() {
    dead = true;
  }

  /// Before anything is changed.
  void fence() {
    requireAlive();
    plant.fence(() -> lock.orElseThrow().check());
  }

  /// Asked for the time of a line, just before it is written.
  private Instant line() {
    requireAlive();
    if (world.chaos.strikes(Fault.CRASH_AT_LINE)) {
      throw die("a journal line");
    }
    if (world.chaos.strikes(Fault.TORN_LINE)) {
      tear();
      throw die("the middle of a journal line");
    }
    if (world.chaos.strikes(Fault.DISK_FULL)) {
      tear();
      world.tell(() -> this + ": the disk is full");
      throw new UncheckedIOException(new IOException("No space left on device"));
    }
    return instant();
  }

  private void tear() {
    Path file = state.resolve("journal.jsonl");
    try {
      if (Files.exists(file)) {
        String part = "{\"seq\":9,\"at\":\"2026-";
        byte[] bytes =
            part.substring(0, 1 + random.nextInt(part.length() - 1))
                .getBytes(StandardCharsets.UTF_8);
        Files.write(file, bytes, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The call may not arrive.
  void mayNotArrive(String where) {
    if (world.chaos.strikes(Fault.UNAVAILABLE)) {
      throw remote(where, "UNAVAILABLE");
    }
  }

  void mayLoseReply(String where) {
    if (world.chaos.strikes(Fault.LOST_REPLY)) {
      throw remote(where, "UNAVAILABLE, after it arrived");
    }
  }

  NewleafException remote(String where, String what) {
    world.tell(() -> this + ": " + where + ": " + what);
    return new NewleafException(new Failure.RemoteError(text(where, what)));
  }

  static NewleafException stale(String where, String what) {
    return new NewleafException(new Failure.Stale(text(where, what)));
  }

  static NewleafException refused(String where, String what) {
    return new NewleafException(new Failure.Refused(text(where, what)));
  }

  private static Explanation text(String where, String what) {
    return new Explanation("NL9999", where, what + ".", "Run the simulation again.");
  }

  @Override
  public String toString() {
    return name;
  }
}
