package newleaf.real;

import java.time.Duration;
import newleaf.emulator.workers.Traffic;

/// What a client and the frontend saw of a rotation.
///
/// @param withoutPoller the longest time without a worker that asked for work
/// @param withoutWorkflow the longest time in which no workflow completed
/// @param refused handshakes of workers and clients
record Figures(
    long started,
    long completed,
    long failed,
    Duration withoutPoller,
    Duration withoutWorkflow,
    long refused) {

  static Figures of(Traffic.Counts counts, PollWatch polls, long refused) {
    return new Figures(
        counts.started(),
        counts.completed(),
        counts.failed(),
        polls.longestGap(),
        counts.longestGap(),
        refused);
  }

  void print(String what) {
    System.out.printf(
        "%-21s workflows: %d started, %d completed, %d failed; longest without a poller %.1f s,"
            + " without a completed workflow %.1f s; refused handshakes: %d%n",
        what,
        started,
        completed,
        failed,
        withoutPoller.toMillis() / 1000.0,
        withoutWorkflow.toMillis() / 1000.0,
        refused);
  }
}
