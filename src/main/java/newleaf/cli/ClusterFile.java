package newleaf.cli;

import java.util.function.Consumer;
import java.util.function.Supplier;
import newleaf.NewleafException;
import newleaf.desired.Desired;
import newleaf.plan.Scopes;
import newleaf.workflow.ClusterScope;

/// What the file names of a cluster. It is read anew when it was changed; while it can not be used,
/// what it named before holds.
final class ClusterFile implements Supplier<ClusterScope> {
  private final Inputs inputs;
  private final String cluster;
  private final Consumer<String> said;
  private final DesiredFile file;
  private Desired read;
  private ClusterScope scope;

  /// @param said hears of changes, and once of each file that can not be used
  /// @throws NewleafException when it can not be used now
  ClusterFile(Terminal terminal, Inputs inputs, String cluster, Consumer<String> said) {
    this.inputs = inputs;
    this.cluster = cluster;
    this.said = said;
    this.file =
        new DesiredFile(
            terminal,
            inputs,
            line -> said.accept("what %s named before holds: %s".formatted(inputs.file(), line)));
    this.read = inputs.desired(terminal);
    this.scope = scope(read);
  }

  private ClusterScope scope(Desired desired) {
    return ClusterScope.of(cluster, Scopes.of(desired));
  }

  @Override
  public synchronized ClusterScope get() {
    file.now().filter(now -> !now.digest().equals(read.digest())).ifPresent(this::take);
    return scope;
  }

  private void take(Desired changed) {
    read = changed;
    scope = scope(changed);
    said.accept(inputs.file() + " was changed; what it names now holds");
  }
}
