package newleaf.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import newleaf.apply.ApplyEvent;
import newleaf.apply.Pace;
import newleaf.cert.Fingerprint;
import newleaf.cloud.RequestRate;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.emulator.workers.Traffic;
import newleaf.plan.Plan;
import newleaf.report.PlanText;
import newleaf.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final Duration DRAIN = Duration.ofMinutes(2);
  private static final int WARM = 20;

  private final Terminal terminal;

  @Mixin private StoryOptions options;

  private int stepsDone;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("newleaf-demo");
    try (BookingWorld booking = BookingWorld.start(folder, options.story(), terminal.clock())) {
      introduce(booking);
      booking.world().traffic().awaitCompleted(WARM);
      booking.world().traffic().measureFromNow();
      return rotate(booking).code();
    } finally {
      Folders.delete(folder);
    }
  }

  private void introduce(BookingWorld booking) {
    BookingWorld.Story story = options.story();
    say("newleaf demo: %s, restart %s".formatted(story.scenario().text(), story.restart()));
    say("One namespace with its mTLS frontend, a cluster with three Temporal workers in it, and a");
    say("client that starts workflows all the time. Everything runs in this process, on loopback.");
    say(
        "Shortened here: soak %s (10m or more in earnest), operations 2s, pods start in 2s,"
            .formatted(Words.duration(story.soak())));
    say(
        "connections last 5s (5m in earnest). Each number on the last lines is counted, not assumed.");
    say("");
    say(
        "Cloud Ops API %s, frontend %s"
            .formatted(
                booking.world().cloudAddress(),
                booking.world().frontendAddress(BookingWorld.NAMESPACE)));
    say("");
  }

  private ExitCode rotate(BookingWorld booking) throws IOException, InterruptedException {
    Instant start = terminal.clock().instant();
    Session session = session(booking);
    heading("newleaf apply -f newleaf.yaml");
    ExitCode applied = apply(session);
    Duration took = Duration.between(start, terminal.clock().instant());
    say("");
    heading("newleaf plan -f newleaf.yaml, once more");
    Plan after = session.plan();
    terminal.out().print(PlanText.of(after));
    say("");
    boolean drained = booking.world().traffic().finish(DRAIN);
    Traffic.Counts counts = booking.world().traffic().counts();
    DemoReport report =
        new DemoReport(booking, workerLeaves(booking, session), counts, stepsDone, took);
    terminal.out().print(report.text());
    terminal.out().flush();
    boolean good = applied == ExitCode.OK && after.isEmpty() && drained && report.good();
    say(good ? "" : "The demo did not end as it should.");
    return good ? ExitCode.OK : ExitCode.ERROR;
  }

  /// All on stdout: here what happens is the result.
  private ExitCode apply(Session session) {
    Terminal terminal =
        session.terminal().printing(session.terminal().out(), session.terminal().out());
    try (Display display = Display.of(terminal, terminal.line().isEmpty());
        Ticker _ = Ticker.every(display.pace(), display::tick)) {
      return new Session(display.terminal(), session.desired(), session.base())
          .apply(
              new ApplyRun.Options(
                  new Approval.OfWhatIsPlanned(() -> heading("carrying it out")),
                  Set.of(),
                  Duration.ofMinutes(5),
                  true,
                  Pace.DEFAULT,
                  RequestRate.DEFAULT_PER_SECOND),
              new StopSignal(),
              event -> {
                count(event);
                display.accept(event);
              });
    }
  }

  private Session session(BookingWorld booking) throws IOException {
    Path file = booking.folder().resolve("newleaf.yaml");
    Desired desired = DesiredYaml.read("newleaf.yaml", Files.readAllBytes(file));
    return new Session(booking.terminal(terminal), desired, booking.folder());
  }

  /// The leaf the workers began with, and the ones the journal says they were given.
  private Set<Fingerprint> workerLeaves(BookingWorld booking, Session session) {
    Set<Fingerprint> leaves = new HashSet<>(session.issuedLeaves());
    leaves.add(booking.firstLeaf().fingerprint());
    return leaves;
  }

  private synchronized void count(ApplyEvent event) {
    if (event instanceof ApplyEvent.StepEnded) {
      stepsDone++;
    }
  }

  private void heading(String text) {
    say("--- " + text);
  }

  private void say(String text) {
    terminal.out().println(text);
  }
}
