package newleaf.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.desired.Desired;
import newleaf.journal.Documents;
import newleaf.journal.Fence;
import newleaf.journal.FileLease;
import newleaf.journal.FolderDocuments;
import newleaf.journal.Journal;
import newleaf.journal.LeaseStore;
import newleaf.kube.KubeConnection;
import newleaf.kube.KubeLease;
import newleaf.kube.SecretDocuments;

/// Where the journal, the snapshot and the lock of a file are. A cluster is only reached when it is
/// asked.
sealed interface State extends AutoCloseable {
  Pattern IN_CLUSTER = Pattern.compile("kubernetes:([a-z0-9-]{1,63})/([a-z0-9.-]{1,63})");

  Documents documents();

  LeaseStore lock();

  /// Whether whoever only plans may leave the plan there.
  boolean keepsPlans();

  /// For a run that writes.
  Journal journal(InstantSource clock, Fence fence);

  default Journal journal(InstantSource clock) {
    return journal(clock, Fence.NONE);
  }

  @Override
  void close();

  /// Beside the file, or where the file says.
  static State of(Terminal terminal, Desired desired, Path base) {
    Path folder = folder(base);
    return desired
        .state()
        .<State>map(place ->
            new Cluster(
                connection(terminal, desired.kubeContext()),
                place.namespace(),
                place.name(),
                Optional.of(folder)))
        .orElseGet(() -> folder(terminal, folder));
  }

  /// As named on the command line: a folder, or `kubernetes:namespace/name`.
  ///
  /// @param context of the kubeconfig
  static State named(Terminal terminal, String text, Optional<String> context) {
    Matcher cluster = IN_CLUSTER.matcher(text);
    if (cluster.matches()) {
      return new Cluster(
          connection(terminal, context), cluster.group(1), cluster.group(2), Optional.empty());
    }
    if (text.startsWith("kubernetes:")) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL6026",
                  text,
                  "names no place in a cluster.",
                  "Write kubernetes:NAMESPACE/NAME, the name with at most 63 characters.")));
    }
    return folder(terminal, terminal.folder().resolve(text));
  }

  static State folder(Terminal terminal, Path folder) {
    return new Folder(folder, StateLock.machine(terminal));
  }

  private static Path folder(Path base) {
    return base.resolve(".newleaf");
  }

  private static Lazy<KubeConnection> connection(Terminal terminal, Optional<String> context) {
    return new Lazy<>(new Clusters(terminal, context)::connect);
  }

  /// @param machine as in [newleaf.journal.LeaseRecord.Holder#machine]
  record Folder(Path folder, String machine) implements State {
    @Override
    public Documents documents() {
      return new FolderDocuments(folder);
    }

    @Override
    public LeaseStore lock() {
      return new FileLease(folder, machine);
    }

    @Override
    public boolean keepsPlans() {
      return Files.isWritable(folder);
    }

    @Override
    public Journal journal(InstantSource clock, Fence fence) {
      return Journal.open(documents(), clock, fence);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /// @param before the folder that holds the state of a file that says nothing of one
  record Cluster(
      Lazy<KubeConnection> connection, String namespace, String name, Optional<Path> before)
      implements State {
    @Override
    public Documents documents() {
      return new SecretDocuments(connection.get(), namespace, name);
    }

    @Override
    public LeaseStore lock() {
      return new KubeLease(connection.get(), namespace, name);
    }

    /// Who looks at a cluster writes nothing there.
    @Override
    public boolean keepsPlans() {
      return false;
    }

    @Override
    public Journal journal(InstantSource clock, Fence fence) {
      Documents documents = documents();
      Journal journal = Journal.open(documents, clock, fence);
      if (journal.position().serial() == 0) {
        before
            .filter(folder -> Files.exists(folder.resolve(Journal.NAME)))
            .ifPresent(folder -> leftBehind(documents, folder));
      }
      return journal;
    }

    /// Without that state newleaf would not know what it made, nor of gates and approvals.
    private static void leftBehind(Documents documents, Path folder) {
      throw new NewleafException(
          new Failure.Refused(
              new Explanation(
                  "NL6024",
                  documents.where(),
                  "holds no state yet, and there is one in %s, from before `state:` was in the file."
                      .formatted(folder),
                  "Bring it over: newleaf state move --from " + folder)));
    }

    @Override
    public void close() {
      connection.ifMade().ifPresent(KubeConnection::close);
    }
  }
}
