package newleaf.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.Printable;
import newleaf.adopt.Adopted;
import newleaf.adopt.AdoptedYaml;
import newleaf.adopt.Adoption;
import newleaf.adopt.AllNamespaces;
import newleaf.adopt.Cluster;
import newleaf.cloud.CloudChannel;
import newleaf.cloud.GrpcNamespaces;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.kube.KubeConnection;
import newleaf.kube.KubeInventory;
import newleaf.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ImportOptions options;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write there; a file that is there is kept (default: to stdout).")
  private Optional<String> out;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Only this namespace of the account; can be repeated (default: all).")
  private List<String> only = List.of();

  @Option(
      names = "--kube-namespace",
      paramLabel = "NAME",
      description = "Look into this Kubernetes namespace only; can be repeated (default: all).")
  private List<String> kubeNamespaces = List.of();

  @Option(names = "--no-kubernetes", description = "Read the account only.")
  private boolean noKubernetes;

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<Path> file = out.map(terminal.folder()::resolve);
    file.filter(Files::exists).ifPresent(this::keep);
    Instant asOf = terminal.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    AllNamespaces.Listing listing = wanted(account());
    Adopted adopted = adopted(listing, asOf);
    Path base = file.map(f -> f.toAbsolutePath().getParent()).orElse(terminal.folder());
    String yaml = AdoptedYaml.of(adopted, options.setting(terminal, base), asOf);
    Desired checked = DesiredYaml.read(out.orElse("stdout"), yaml.getBytes(StandardCharsets.UTF_8));
    tell(adopted);
    file.ifPresentOrElse(f -> write(f, yaml), () -> terminal.out().print(yaml));
    terminal.out().flush();
    sum(checked);
    return ExitCode.OK.code();
  }

  private AllNamespaces.Listing account() {
    try (CloudChannel channel = new CloudChannel(options.endpoint(terminal))) {
      return new GrpcNamespaces(channel, new SystemTimeline(terminal.clock()), new SecureRandom())
          .list();
    }
  }

  private AllNamespaces.Listing wanted(AllNamespaces.Listing all) {
    if (only.isEmpty()) {
      return all;
    }
    List<String> there = names(all).toList();
    List<String> unknown = only.stream().filter(n -> !there.contains(n)).toList();
    if (!unknown.isEmpty()) {
      throw ImportOptions.unknown(unknown);
    }
    return new AllNamespaces.Listing(
        all.namespaces().stream().filter(n -> only.contains(n.namespace().name())).toList(),
        all.unreadable().entrySet().stream()
            .filter(e -> only.contains(e.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static Stream<String> names(AllNamespaces.Listing listing) {
    return Stream.concat(
        listing.namespaces().stream().map(n -> n.namespace().name()),
        listing.unreadable().keySet().stream());
  }

  private Adopted adopted(AllNamespaces.Listing listing, Instant asOf) {
    Adopted adopted = withCluster(c -> Adoption.of(accountOf(listing), listing, c, asOf));
    if (adopted.namespaces().isEmpty()) {
      tell(adopted);
      throw nothing(
          "none of %s can be imported, as said above."
              .formatted(Words.count(names(listing).count(), "namespace")),
          "Turn mTLS on with a first CA: examples/first-run.yaml shows how.");
    }
    return adopted;
  }

  /// As all names of one account end.
  private static String accountOf(AllNamespaces.Listing listing) {
    return names(listing)
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElseThrow(() ->
            nothing(
                "the API key sees no namespace.", "Use a key of the account's Namespace Admin."));
  }

  private Adopted withCluster(Function<Cluster, Adopted> work) {
    Clusters clusters = new Clusters(terminal, options.context());
    if (noKubernetes || !clusters.configured()) {
      if (!noKubernetes) {
        say("no cluster is configured (KUBECONFIG), so only the account was read");
      }
      return work.apply(Cluster.NONE);
    }
    try (KubeConnection connection = clusters.connect()) {
      return work.apply(new KubeInventory(connection, kubeNamespaces));
    }
  }

  /// What the file can not say as it is stands in it as a comment, and here.
  private void tell(Adopted adopted) {
    adopted.cas().forEach(c -> tell("ca/" + c.name(), c.remarks()));
    adopted.namespaces().forEach(n -> tell("namespace/" + n.name(), n.remarks()));
    adopted.leaves().forEach(l -> tell("leaf/" + l.name(), l.remarks()));
    adopted.clients().forEach(c -> say("not imported as a worker: " + c.holder() + ": " + c.why()));
    adopted.left().forEach(l -> say("not imported: " + l.what() + ": " + l.why()));
  }

  private void tell(String what, List<String> remarks) {
    remarks.forEach(remark -> say("note: " + what + ": " + remark));
  }

  private void say(String text) {
    terminal.err().println(Printable.of(text));
  }

  private void sum(Desired file) {
    say(
        "Imported %s, %s, %s, %s; %d clients keep old CAs until they are acknowledged."
            .formatted(
                Words.count(file.namespaces().size(), "namespace"),
                Words.count(file.cas().size(), "CA"),
                file.leaves().size() == 1 ? "1 leaf" : file.leaves().size() + " leaves",
                Words.count(file.workers().size(), "worker group"),
                file.clients().size()));
    out.ifPresent(name -> say("Check it: newleaf plan -f " + name));
    terminal.err().flush();
  }

  private void write(Path file, String yaml) {
    try {
      Files.writeString(file, yaml, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException _) {
      keep(file);
    } catch (IOException e) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL7032",
                  file.toString(),
                  "can not be written (" + e.getClass().getSimpleName() + ").",
                  "Name another with --out.")),
          e);
    }
  }

  private void keep(Path file) {
    throw new NewleafException(
        new Failure.Refused(
            new Explanation(
                "NL7031",
                file.toString(),
                "is there already, and is kept as it is.",
                "Name another with --out, or move it away.")));
  }

  private static NewleafException nothing(String what, String next) {
    return new NewleafException(
        new Failure.Refused(new Explanation("NL7033", "import", what, next)));
  }
}
