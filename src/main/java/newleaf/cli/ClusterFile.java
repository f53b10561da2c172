package newleaf.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import newleaf.NewleafException;
import newleaf.plan.Scopes;
import newleaf.workflow.ClusterScope;

/// What the file names of a cluster. It is read anew when it was changed; while it can not be used,
/// what it named before holds.
final class ClusterFile implements Supplier<ClusterScope> {
  private final Terminal terminal;
  private final Inputs inputs;
  private final String cluster;
  private final Consumer<String> said;
  private byte[] seen;
  private ClusterScope scope;
  private Optional<String> trouble = Optional.empty();

  /// @param said hears of changes, and once of each file that can not be used
  /// @throws NewleafException when it can not be used now
  ClusterFile(Terminal terminal, Inputs inputs, String cluster, Consumer<String> said) {
    this.terminal = terminal;
    this.inputs = inputs;
    this.cluster = cluster;
    this.said = said;
    this.seen = inputs.content(terminal);
    this.scope = scope(seen);
  }

  private ClusterScope scope(byte[] content) {
    return ClusterScope.of(cluster, Scopes.of(inputs.desired(content)));
  }

  @Override
  public synchronized ClusterScope get() {
    try {
      take(inputs.content(terminal));
      trouble = Optional.empty();
    } catch (NewleafException e) {
      complain(e.failure().line());
    }
    return scope;
  }

  private void take(byte[] content) {
    if (Arrays.equals(content, seen)) {
      return;
    }
    seen = content;
    scope = scope(content);
    said.accept(inputs.file() + " was changed; what it names now holds");
  }

  private void complain(String line) {
    if (!trouble.equals(Optional.of(line))) {
      said.accept("what %s named before holds: %s".formatted(inputs.file(), line));
    }
    trouble = Optional.of(line);
  }
}
