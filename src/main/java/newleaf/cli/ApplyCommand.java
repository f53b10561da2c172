package newleaf.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Pace;
import newleaf.apply.Pace.OnFailure;
import newleaf.desired.Desired;
import newleaf.desired.Durations;
import newleaf.journal.PlanFile;
import newleaf.plan.Plan;
import newleaf.workflow.ControlPlane;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
  private static final Consent CONSENT =
      new Consent(
          "Carry out this plan?",
          new Explanation(
              "NL7010",
              "apply",
              "there is no terminal to ask on, and nobody said yes.",
              "Run: newleaf apply --auto-approve"),
          new Explanation("NL7011", "apply", "was not confirmed; nothing was changed.", ""));

  /// Each has a thread. Roll-outs of more than so many workloads at once would be felt.
  private static final int MOST_PARALLEL = 500;

  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private Inputs inputs;

  @Parameters(
      arity = "0..1",
      paramLabel = "PLAN",
      description = "A plan saved with `newleaf plan --out`; saving it was saying yes to it.")
  private Optional<String> saved = Optional.empty();

  @Option(
      names = "--expect",
      paramLabel = "DIGEST",
      description = "Go on only if the plan made now has this digest (all of it).")
  private Optional<String> expected = Optional.empty();

  @Option(
      names = "--continue",
      description = "Only what is left of the plan that an earlier run began.")
  private boolean begun;

  @Option(names = "--auto-approve", description = "Do not ask before the first step.")
  private boolean autoApprove;

  @Option(
      names = "--approve",
      paramLabel = "GATE",
      description = "Say yes to a gate of the plan, for example retire/ca/booking-g1.")
  private List<String> approvals = List.of();

  @Option(
      names = "--wait-gates",
      paramLabel = "TIME",
      defaultValue = "15m",
      converter = Time.class,
      description =
          "Wait this long for a soak (default: 15m); a longer one is left to a later run.")
  private Duration waitGates;

  @Option(
      names = "--until",
      paramLabel = "WHERE",
      defaultValue = "done",
      converter = UntilName.class,
      description = "gate: stop at the first gate that is shut, do not wait. done (default).")
  private Until until;

  @Option(
      names = "--on-failure",
      paramLabel = "WHAT",
      defaultValue = "stop",
      converter = OnFailureName.class,
      description =
          "stop (default): begin nothing after a failed step. continue-independent: go on with what"
              + " does not need it.")
  private OnFailure onFailure;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Steps under way at once (default: 20, at most 500); never more than 10 that change a"
              + " namespace.")
  private int parallel;

  @Option(
      names = "--rps",
      paramLabel = "N",
      defaultValue = "30",
      description = "Requests per second to the Cloud Ops API (default: 30; a user may make 40).")
  private int requestsPerSecond;

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 3 when the rest waits at a gate (0 means all is done).")
  private boolean detailed;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = {
        "Also write what happens as JSON lines (newleaf schema --kind events); - is stdout, and all",
        "text goes to stderr then."
      })
  private Optional<String> events = Optional.empty();

  @Option(
      names = "--no-live",
      description = "Lines instead of a live table, as when stderr is no terminal, or in CI.")
  private boolean noLive;

  @Option(
      names = "--on",
      paramLabel = "WHERE",
      defaultValue = "here",
      converter = PlaceName.class,
      description = {
        "here (default), or temporal: the workers of the file's `temporal:` section do it, and"
            + " this",
        "only watches."
      })
  private Place place;

  ApplyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Durations as in the YAML.
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.parse(text)
          .orElseThrow(() -> new TypeConversionException("write a duration like 10m or 1d12h"));
    }
  }

  enum Place {
    HERE,
    TEMPORAL
  }

  static final class PlaceName extends Choice<Place> {
    PlaceName() {
      super(Place.class);
    }
  }

  enum Until {
    GATE,
    DONE
  }

  static final class UntilName extends Choice<Until> {
    UntilName() {
      super(Until.class);
    }
  }

  static final class OnFailureName extends Choice<OnFailure> {
    OnFailureName() {
      super(OnFailure.class);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    return place == Place.TEMPORAL ? onTemporal().code() : here();
  }

  /// What is said to a run has to be said otherwise to rotations that go on without it.
  private void refuseWhatIsOfARunHere() {
    Map.of(
            "--approve", "Say it to the rotation: newleaf approve ROTATION GATE",
            "--on-failure", "Rotations do not wait for each other's failures.",
            "--parallel", "It is for a run here.",
            "--rps", "Say it to the worker: newleaf worker --rps N",
            "--events", "It is for a run here.",
            "--state", "Say it to the worker.")
        .forEach((option, instead) -> {
          if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
            throw new ParameterException(
                spec.commandLine(), option + " does nothing with --on temporal. " + instead);
          }
        });
  }

  private ExitCode onTemporal() throws InterruptedException {
    refuseWhatIsOfARunHere();
    Desired desired = inputs.desired(terminal);
    var options =
        new OnTemporal.Options(
            digest(approval()),
            this::confirm,
            until == Until.DONE ? waitGates : Duration.ZERO,
            detailed);
    try (ControlPlane control =
        new ControlPlanes(terminal, desired, inputs.base(terminal)).connectToRotate()) {
      return new OnTemporal(terminal, desired, options).run(control);
    }
  }

  private Optional<String> digest(Approval approval) {
    return switch (approval) {
      case Approval.OfWhatIsPlanned _ -> Optional.empty();
      case Approval.OfDigest(var digest) -> Optional.of(digest);
      case Approval.OfFile(var file) -> Optional.of(forward(PlanFile.read(file)).digest());
      case Approval.OfBegun() ->
          throw new ParameterException(
              spec.commandLine(), "On Temporal what was begun goes on by itself: no --continue.");
    };
  }

  /// The workers plan what is due, and that is never a way back.
  private Plan forward(Plan plan) {
    if (plan.rollback().isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "A rollback is carried out here: leave --on temporal out.");
    }
    return plan;
  }

  private Integer here() {
    var options =
        new ApplyRun.Options(
            approval(),
            Set.copyOf(approvals),
            until == Until.DONE ? waitGates : Duration.ZERO,
            detailed,
            new Pace(atMost(MOST_PARALLEL, "--parallel", parallel), onFailure),
            positive("--rps", requestsPerSecond));
    boolean printsEvents = events.equals(Optional.of("-"));
    Terminal people = printsEvents ? terminal.printing(terminal.err(), terminal.err()) : terminal;
    try (EventLog log = log();
        Display display = Display.of(people, noLive || printsEvents);
        Ticker _ = Ticker.every(display.pace(), display::tick)) {
      return log.begin(inputs.file()).during(() -> apply(options, display, log)).code();
    }
  }

  private EventLog log() {
    return events
        .map(to ->
            to.equals("-")
                ? EventLog.printed(terminal, terminal.out())
                : EventLog.file(terminal, terminal.folder().resolve(to)))
        .orElseGet(() -> EventLog.none(terminal));
  }

  private ExitCode apply(ApplyRun.Options options, Display display, EventLog log) {
    StopSignal stop = new StopSignal();
    try (Session session = Session.of(display.terminal(), inputs);
        StopNotice _ = StopNotice.during(display.terminal(), session.desired().file(), stop)) {
      return session.apply(options, stop, display.andThen(log));
    } catch (NewleafException e) {
      if (stop.asked() && e.failure() instanceof Failure.Stopped) {
        return ExitCode.INTERRUPTED; // the notice says it
      }
      throw e;
    }
  }

  private int atMost(int most, String option, int number) {
    if (number > most) {
      throw new ParameterException(
          spec.commandLine(), "%s wants a number up to %d.".formatted(option, most));
    }
    return positive(option, number);
  }

  private int positive(String option, int number) {
    if (number < 1) {
      throw new ParameterException(spec.commandLine(), option + " wants a number from 1.");
    }
    return number;
  }

  private Approval approval() {
    if (Stream.of(saved.isPresent(), expected.isPresent(), begun, autoApprove)
            .filter(given -> given)
            .count()
        > 1) {
      throw new ParameterException(
          spec.commandLine(), "Give only one of PLAN, --expect, --continue and --auto-approve.");
    }
    if (begun) {
      return new Approval.OfBegun();
    }
    return saved
        .<Approval>map(file -> new Approval.OfFile(terminal.folder().resolve(file)))
        .or(() -> expected.map(this::digest))
        .orElseGet(() -> new Approval.OfWhatIsPlanned(this::confirm));
  }

  private Approval digest(String text) {
    if (!PlanFile.isDigest(text)) {
      throw new ParameterException(
          spec.commandLine(), "--expect wants sha256: and 64 hex digits, as `plan` prints them.");
    }
    return new Approval.OfDigest(text);
  }

  private void confirm() {
    if (!autoApprove) {
      CONSENT.ask(terminal);
    }
  }
}
