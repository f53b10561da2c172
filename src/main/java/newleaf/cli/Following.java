package newleaf.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.report.GateText;
import newleaf.report.Words;
import newleaf.workflow.Rotation;
import newleaf.workflow.RotationWorkflow.Deed;
import newleaf.workflow.RotationWorkflow.Phase;
import newleaf.workflow.RotationWorkflow.Status;

/// Prints what rotations on Temporal do, until each has ended or waits longer than somebody wants
/// to watch.
final class Following {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /// Many are looked at less often, to leave the requests of the namespace to those who work.
  private static final Duration FOR_EACH = Duration.ofMillis(50);

  /// Rotations begin before they are watched, and clocks differ.
  private static final Duration SKEW = Duration.ofMinutes(1);

  /// Looks in a row that got no answer.
  private static final int SILENT_AT_MOST = 60;

  private final Terminal terminal;
  private final List<Rotation> rotations;
  private final Duration waitGates;
  private final int width;
  private final Instant began;
  private final Map<String, Long> told = new HashMap<>();
  private final Map<String, String> waiting = new LinkedHashMap<>();
  private final Map<String, Instant> troubledSince = new HashMap<>();
  private final Set<String> stuck = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final List<Failure> failures = new ArrayList<>();
  private long steps;

  Following(Terminal terminal, List<Rotation> rotations, Duration waitGates) {
    this.terminal = terminal;
    this.rotations = rotations;
    this.waitGates = waitGates;
    this.began = terminal.clock().instant().minus(SKEW);
    this.width = rotations.stream().mapToInt(r -> r.share().length()).max().orElse(0);
  }

  /// What did not answer for a moment is asked again.
  ExitCode toTheEnd(boolean detailed) throws InterruptedException {
    int silent = 0;
    while (true) {
      try {
        if (allOver()) {
          return sum(detailed);
        }
        silent = 0;
      } catch (NewleafException e) {
        if (!(e.failure() instanceof Failure.RemoteError) || ++silent > SILENT_AT_MOST) {
          throw e;
        }
      }
      Thread.sleep(LOOK_EVERY.plus(FOR_EACH.multipliedBy(rotations.size())));
    }
  }

  private boolean allOver() {
    return !rotations.stream().map(this::goesOn).toList().contains(true); // each is looked at
  }

  /// Prints what is new of it.
  ///
  /// @return whether somebody wants to see what comes next
  private boolean goesOn(Rotation rotation) {
    if (ended.contains(rotation.share())) {
      return false;
    }
    Optional<Status> status = rotation.status();
    status.ifPresent(this::print);
    Rotation.Described described = rotation.described();
    if (!described.isUnderWay()) {
      rotation.status().ifPresent(this::print); // what came between
      end(rotation);
      return false;
    }
    return status.map(s -> goesOn(s, described.troubles())).orElse(true);
  }

  private void end(Rotation rotation) {
    waiting.remove(rotation.share());
    try {
      var _ = rotation.ended();
      line(rotation.share(), "done");
    } catch (NewleafException e) {
      if (e.failure() instanceof Failure.RemoteError(var text) && text.code().startsWith("NL32")) {
        throw e; // it was asked, and did not fail
      }
      failures.add(e.failure());
      line(rotation.share(), "FAILED");
      terminal.err().print(FailureText.of(e.failure()));
      terminal.err().flush();
    }
    ended.add(rotation.share());
  }

  private boolean goesOn(Status status, List<String> troubles) {
    return switch (status.phase()) {
      case LOOKING, WORKING -> !isTroubled(status.share(), troubles);
      case DONE -> true;
      case STUCK -> false;
      // one that waits for another rotation is worth watching for as long as that one is
      case WAITING -> !status.holding().isEmpty() && opensSoon(status);
    };
  }

  private boolean opensSoon(Status status) {
    return status
        .due()
        .filter(t -> Duration.between(now(), t).compareTo(waitGates) <= 0)
        .isPresent();
  }

  /// Whether something of it fails again and again for longer than somebody wants to watch. It is
  /// tried again all the same.
  private boolean isTroubled(String share, List<String> troubles) {
    if (troubles.isEmpty()) {
      troubledSince.remove(share);
      return false;
    }
    Instant since = troubledSince.computeIfAbsent(share, _ -> now());
    tellOnce(share, "tries again; " + troubles.getFirst());
    return Duration.between(since, now()).compareTo(waitGates) > 0;
  }

  private void tellOnce(String share, String what) {
    if (!what.equals(waiting.put(share, what))) {
      line(share, what);
    }
  }

  private Instant now() {
    return terminal.clock().instant();
  }

  private void print(Status status) {
    long before = told.computeIfAbsent(status.share(), _ -> first(status));
    status.last().stream().filter(d -> d.number() > before).forEach(d -> print(status.share(), d));
    steps += status.told() - before;
    told.put(status.share(), status.told());
    waits(status)
        .ifPresentOrElse(
            w -> tellOnce(status.share(), w),
            () -> {
              if (status.phase() != Phase.WORKING) {
                waiting.remove(status.share());
              }
            });
  }

  private Optional<String> waits(Status status) {
    stuck.remove(status.share());
    if (status.phase() == Phase.STUCK) {
      stuck.add(status.share());
      return Optional.of("stands still: " + status.why().orElse("nothing is left to do by itself"));
    }
    if (status.phase() != Phase.WAITING) {
      return Optional.empty();
    }
    if (status.holding().isEmpty()) {
      return Optional.of("waits for another rotation");
    }
    return Optional.of(
        "waits at "
            + String.join(
                "; ",
                status.holding().stream()
                    .map(g -> GateText.onTemporal(g, status.share()))
                    .toList()));
  }

  /// What a rotation did before somebody watched is not told again.
  private long first(Status status) {
    return status.last().stream()
        .filter(d -> d.at().isBefore(began))
        .mapToLong(Deed::number)
        .max()
        .orElse(status.told() - status.last().size());
  }

  private void print(String share, Deed deed) {
    line(
        share,
        "%-8s %s: %s in %s"
            .formatted(
                deed.verb(),
                deed.address(),
                Words.safe(deed.outcome().text()),
                Words.span(deed.took())));
    deed.proofs().forEach(p -> line("", "  " + p));
  }

  private void line(String share, String what) {
    String column = share + " ".repeat(Math.max(0, width - share.length()));
    terminal.out().println(Words.safe("  " + column + "  " + what));
    terminal.out().flush();
  }

  private ExitCode sum(boolean detailed) {
    int done = ended.size() - failures.size();
    terminal
        .out()
        .printf(
            "%n%s carried out; %d of %s done%s%s.%n",
            Words.count(steps, "step"),
            done,
            Words.count(rotations.size(), "rotation"),
            waiting.isEmpty()
                ? ""
                : ", " + waiting.size() + " waiting on Temporal (newleaf status)",
            failures.isEmpty() ? "" : ", " + failures.size() + " failed");
    terminal.out().flush();
    if (!failures.isEmpty()) {
      return ExitCode.ofAll(failures, steps > 0);
    }
    if (!stuck.isEmpty()) {
      return ExitCode.STALE;
    }
    return detailed && !waiting.isEmpty() ? ExitCode.WAITING : ExitCode.OK;
  }
}
