package newleaf.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final Terminal terminal;
  private final List<Rotation> rotations;
  private final Duration waitGates;
  private final int width;
  private final Map<String, Long> told = new HashMap<>();
  private final Map<String, String> waiting = new LinkedHashMap<>();
  private final Map<String, Boolean> ended = new HashMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private long steps;

  Following(Terminal terminal, List<Rotation> rotations, Duration waitGates) {
    this.terminal = terminal;
    this.rotations = rotations;
    this.waitGates = waitGates;
    this.width = rotations.stream().mapToInt(r -> r.share().length()).max().orElse(0);
  }

  ExitCode toTheEnd(boolean detailed) throws InterruptedException {
    while (!rotations.stream().allMatch(this::isOver)) {
      Thread.sleep(LOOK_EVERY);
    }
    return sum(detailed);
  }

  /// Prints what is new of it.
  private boolean isOver(Rotation rotation) {
    if (ended.containsKey(rotation.share())) {
      return true;
    }
    Optional<Status> status = rotation.status();
    status.ifPresent(this::print);
    try {
      if (rotation.ended().isPresent()) {
        rotation.status().ifPresent(this::print); // what came between
        end(rotation, "done");
        return true;
      }
    } catch (NewleafException e) {
      rotation.status().ifPresent(this::print);
      failures.add(e.failure());
      end(rotation, "FAILED");
      terminal.err().print(FailureText.of(e.failure()));
      terminal.err().flush();
      return true;
    }
    return status.filter(this::waitsForLong).isPresent();
  }

  private void end(Rotation rotation, String how) {
    ended.put(rotation.share(), true);
    waiting.remove(rotation.share());
    line(rotation.share(), how);
  }

  private boolean waitsForLong(Status status) {
    return switch (status.phase()) {
      case LOOKING, WORKING, DONE -> false;
      case STUCK -> true;
      case WAITING ->
          !status.holding().isEmpty()
              && status
                  .due()
                  .map(t -> Duration.between(now(), t).compareTo(waitGates) > 0)
                  .orElse(true);
    };
  }

  private Instant now() {
    return terminal.clock().instant();
  }

  private void print(Status status) {
    long before = told.getOrDefault(status.share(), 0L);
    status.last().stream().filter(d -> d.number() > before).forEach(d -> print(status.share(), d));
    steps += status.told() - before;
    told.put(status.share(), status.told());
    Optional<String> waits = waits(status);
    waits
        .filter(w -> !w.equals(waiting.get(status.share())))
        .ifPresent(w -> line(status.share(), w));
    waits.ifPresentOrElse(
        w -> waiting.put(status.share(), w), () -> waiting.remove(status.share()));
  }

  private static Optional<String> waits(Status status) {
    if (status.phase() == Phase.STUCK) {
      return Optional.of("stands still: " + status.why().orElse("nothing is left to do by itself"));
    }
    if (status.phase() != Phase.WAITING || status.holding().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "waits at "
            + String.join(
                "; ",
                status.holding().stream()
                    .map(g -> GateText.onTemporal(g, status.share()))
                    .toList()));
  }

  private void print(String share, Deed deed) {
    line(
        share,
        "%-8s %s: %s in %s"
            .formatted(
                deed.verb(),
                deed.address(),
                Words.outcome(deed.outcome()),
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
    return detailed && !waiting.isEmpty() ? ExitCode.WAITING : ExitCode.OK;
  }
}
