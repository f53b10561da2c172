package newleaf.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.emulator.fault.Faults;
import newleaf.emulator.fault.Rehearsal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private StoryOptions options;
  @Mixin private FaultOptions faults;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "newleaf-sandbox",
      description = "Where the YAML, the kubeconfig and the keys go (default: newleaf-sandbox).")
  private String folder;

  SandboxCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path path = terminal.folder().resolve(folder);
    if (Files.exists(path)) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL7020",
                  folder,
                  "is there already, and its keys fit another world.",
                  "Remove it, or name another with --folder.")));
    }
    BookingWorld booking = BookingWorld.start(path, options.story(), terminal.clock());
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              booking.close();
              ended.countDown();
            }));
    introduce(booking);
    if (faults.any()) {
      rehearse(booking);
    }
    ended.await();
    return ExitCode.OK.code();
  }

  /// Not before the workers run: what shall strike is the rotation.
  private void rehearse(BookingWorld booking) throws InterruptedException {
    booking.world().traffic().awaitCompleted(1);
    booking.world().faults().watch(this::show);
    faults.begin(booking.world().faults());
    terminal.out().println("The workers run. From now on things go wrong:");
    terminal.out().flush();
  }

  private void show(Faults.Strike strike) {
    String what = Rehearsal.nameOf(strike);
    terminal.out().printf("  %s: %s %s%n", what, strike.site().method(), strike.site().resource());
    terminal.out().flush();
  }

  private void introduce(BookingWorld booking) {
    terminal.out().println("The world runs until Ctrl-C. In a second terminal:");
    terminal.out().println();
    new TreeMap<>(booking.environment())
        .forEach((name, value) -> terminal.out().printf("  export %s='%s'%n", name, value));
    terminal.out().println("  newleaf plan");
    terminal.out().println("  newleaf apply");
    terminal.out().println();
    terminal
        .out()
        .printf(
            "Cloud Ops API %s, frontend of %s %s%n",
            booking.world().cloudAddress(),
            BookingWorld.NAMESPACE,
            booking.world().frontendAddress(BookingWorld.NAMESPACE));
    terminal.out().flush();
  }
}
