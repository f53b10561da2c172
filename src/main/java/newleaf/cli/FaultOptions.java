package newleaf.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import newleaf.emulator.fault.Faults;
import newleaf.emulator.fault.Rehearsal;
import newleaf.emulator.fault.Schedule;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What shall go wrong in the embedded world.
final class FaultOptions {
  @Option(
      names = "--fault",
      paramLabel = "NAME[=TIMES]",
      split = ",",
      converter = Named.class,
      completionCandidates = Names.class,
      description = {
        "What shall go wrong once its workers run, the first time (or TIMES) it can, for rehearsing:",
        "${COMPLETION-CANDIDATES}."
      })
  private List<Wanted> wanted = List.of();

  @Option(
      names = "--fault-rate",
      paramLabel = "RATE",
      description = "Each call draws instead whether the faults strike it: 0.05 is one in twenty.")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--fault-seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "What the draws depend on; the same seed strikes the same calls (default: 1).")
  private long seed;

  /// @param times how many calls in a row
  record Wanted(Rehearsal rehearsal, int times) {}

  boolean any() {
    return !wanted.isEmpty();
  }

  void begin(Faults faults) {
    for (Wanted one : wanted) {
      Schedule schedule =
          rate.<Schedule>map(r -> new Schedule.Drawn(r, seed))
              .orElseGet(() -> Schedule.times(one.times()));
      one.rehearsal().begin().accept(faults, schedule);
    }
  }

  static final class Named implements ITypeConverter<Wanted> {
    @Override
    public Wanted convert(String text) {
      String[] parts = text.split("=", 2);
      Rehearsal rehearsal =
          Rehearsal.named(parts[0])
              .orElseThrow(
                  () -> new TypeConversionException("say one of " + String.join(", ", names())));
      String times = parts.length == 2 ? parts[1] : "1";
      if (!times.matches("[1-9][0-9]{0,5}")) {
        throw new TypeConversionException("after = goes how often, as in " + parts[0] + "=3");
      }
      return new Wanted(rehearsal, Integer.parseInt(times));
    }
  }

  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  private static List<String> names() {
    return Rehearsal.all().stream().map(Rehearsal::name).toList();
  }
}
