package newleaf.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.journal.PlanFile;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.RolledBack;
import newleaf.plan.Plan;
import newleaf.plan.Rollback;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(mixinStandardHelpOptions = true)
final class RollbackCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "ROTATION", description = "A CA by its name under `cas:`.")
  private String ca;

  @Option(
      names = "--to",
      paramLabel = "GENERATION",
      converter = Generation.class,
      description = "For example g1 (default: the one in use before the newest).")
  private Optional<Integer> to = Optional.empty();

  @Mixin private Inputs inputs;
  @Mixin private Output output;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also save the plan here, for: newleaf apply FILE")
  private Optional<String> out = Optional.empty();

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 when there is something to apply (0: it is rolled back).")
  private boolean detailed;

  RollbackCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static final class Generation implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[gG]?[1-9][0-9]{0,5}")) {
        throw new TypeConversionException("say g1, g2 ...");
      }
      return Integer.valueOf(text.replaceFirst("^[gG]", ""));
    }
  }

  @Override
  public Integer call() {
    try (Session session = Session.of(terminal, inputs)) {
      known(session.desired());
      Plan plan = session.rollback(this::target);
      out.ifPresent(file -> PlanFile.write(path(file), plan));
      session.output().print(plan, output.format());
      return PlanCommand.exit(plan, detailed).code();
    }
  }

  private Path path(String file) {
    return terminal.folder().resolve(file);
  }

  private void known(Desired desired) {
    List<String> names = desired.cas().stream().map(CaSpec::name).toList();
    if (!names.contains(ca)) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL7050",
                  "rollback",
                  "%s has no ca '%s'.".formatted(desired.file(), ca),
                  "Name one of: " + String.join(", ", names))));
    }
  }

  private Rollback target(Observed observed) {
    Optional<Rollback> target =
        to.map(generation -> Rollback.to(generation, ca, observed))
            .orElseGet(() -> Rollback.before(ca, observed));
    if (target.isEmpty()) {
      throw nowhere(observed);
    }
    boolean stays = observed.recorded().rolledBack(ca).filter(RolledBack::goesBack).isPresent();
    if (!target.get().goesBack() && !stays) {
      throw refused(
          "is at G%d, its newest generation, already.".formatted(target.get().to()),
          "See what is due with: newleaf plan");
    }
    return target.get();
  }

  private NewleafException nowhere(Observed observed) {
    List<ObservedCa> all = observed.generations(ca);
    String there =
        all.isEmpty() ? "none" : String.join(", ", all.stream().map(ObservedCa::address).toList());
    String adopted =
        all.stream().anyMatch(ObservedCa::adopted)
            ? " The key of one that was adopted is with whoever made it, so no leaf can be issued"
                + " from it."
            : "";
    return refused(
        "has no %s generation of newleaf's to go back to; there: %s.%s"
            .formatted(to.map(g -> "G" + g).orElse("earlier"), there, adopted),
        "See: newleaf status");
  }

  private NewleafException refused(String what, String next) {
    return new NewleafException(
        new Failure.Refused(new Explanation("NL7051", "ca/" + ca, what, next)));
  }
}
