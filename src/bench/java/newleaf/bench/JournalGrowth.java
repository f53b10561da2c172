package newleaf.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import newleaf.emulator.cluster.Cluster;
import newleaf.emulator.fault.Faults;
import newleaf.journal.Documents;
import newleaf.journal.Entry;
import newleaf.journal.FolderDocuments;
import newleaf.journal.Journal;
import newleaf.journal.Outcome;
import newleaf.kube.KubeConnection;
import newleaf.kube.SecretDocuments;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Step;

/// What a journal costs that grows: `JournalGrowth <folder|secrets> [steps ...]` (100 1000 10000).
/// Each step writes four lines, as a trust step does. Linear is what stays the same per step.
final class JournalGrowth {
  private static final Clock CLOCK = Clock.systemUTC();

  private JournalGrowth() {}

  public static void main(String[] args) throws IOException {
    boolean inCluster = args[0].equals("secrets");
    List<Integer> sizes =
        args.length > 1
            ? Arrays.stream(args).skip(1).map(Integer::valueOf).toList()
            : List.of(100, 1_000, 10_000);
    Fleet fleet =
        FleetMaker.make(
            new Shape(200, 1, Shape.Workers.CLUSTER, Shape.Due.ROLLOVER), CLOCK.instant());
    FleetFacts facts = new FleetFacts(fleet);
    Plan plan = Planner.plan(facts.desired(), facts.observed(), fleet.at());
    Path folder = Files.createTempDirectory("journal-growth");
    System.out.println("steps    B/step  ms/step  ms/step of the last tenth  open ms  recorded ms");
    if (inCluster) {
      try (Cluster cluster = FleetCluster.start(fleet, folder, CLOCK, new Faults());
          KubeConnection kube = KubeConnection.open(cluster.kubeconfig(), Optional.empty())) {
        for (int steps : sizes) {
          measure(plan.steps(), steps, new SecretDocuments(kube, "default", "growth-" + steps));
        }
      }
    } else {
      for (int steps : sizes) {
        measure(plan.steps(), steps, new FolderDocuments(folder.resolve("growth-" + steps)));
      }
    }
  }

  private static void measure(List<Step> steps, int number, Documents documents)
      throws IOException {
    Journal journal = Journal.open(documents, CLOCK);
    Instant start = CLOCK.instant();
    Instant lastTenth = start;
    for (int i = 0; i < number; i++) {
      if (i == number - number / 10) {
        lastTenth = CLOCK.instant();
      }
      Step step = steps.get(i % steps.size());
      String attempt = "a0b1c2d3e4f5-" + i;
      journal.append(new Entry.Begun(attempt, step, Optional.of("newleaf-" + attempt)));
      journal.append(new Entry.Proved(attempt, "a leaf of ca/team0001-ca-g2 accepted"));
      journal.append(new Entry.Proved(attempt, "a stranger's leaf refused"));
      journal.append(new Entry.Ended(attempt, new Outcome.Done()));
    }
    Instant written = CLOCK.instant();
    Journal again = Journal.open(documents, CLOCK);
    Instant opened = CLOCK.instant();
    int gates = again.recorded().gatesOpenedAt().size() + again.unfinished().size();
    Instant folded = CLOCK.instant();
    if (gates != 0) {
      throw new IllegalStateException("nothing was left open");
    }
    System.out.printf(
        "%-8d %-7d %-8.2f %-26.2f %-8d %d%n",
        number,
        documents.of(Journal.NAME).read().orElseThrow().length / number,
        millis(start, written) / number,
        millis(lastTenth, written) / (number / 10.0),
        Duration.between(written, opened).toMillis(),
        Duration.between(opened, folded).toMillis());
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }
}
