package newleaf.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.cli.BookingWorld.Scenario;
import newleaf.cli.BookingWorld.Story;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What happens in the embedded world.
final class StoryOptions {
  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "ca-rollover",
      converter = ScenarioName.class,
      description = "ca-rollover (default) or leaf-renewal.")
  private Scenario scenario;

  @Option(
      names = "--restart",
      paramLabel = "HOW",
      defaultValue = "rolling",
      converter = RestartName.class,
      description = "rolling (default), or scale: to 0 and back, as the runbook does it.")
  private String restart;

  @Option(
      names = "--soak",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = ApplyCommand.Time.class,
      description = "How long old and new CA stay trusted side by side (default here: 10s).")
  private Duration soak;

  @Option(
      names = "--temporal",
      paramLabel = "ADDRESS",
      description = {
        "A Temporal dev server to put behind the frontend instead of the embedded one; start it with",
        "temporal server start-dev --namespace temporal-booking.sdvdw"
      })
  private Optional<String> temporal = Optional.empty();

  Story story() {
    return new Story(scenario, restart, soak, temporal);
  }

  static final class ScenarioName extends Choice<Scenario> {
    ScenarioName() {
      super(Scenario.class);
    }
  }

  static final class RestartName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!List.of("rolling", "scale").contains(text)) {
        throw new TypeConversionException("say rolling or scale");
      }
      return text;
    }
  }
}
