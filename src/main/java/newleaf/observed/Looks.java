package newleaf.observed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future.State;
import java.util.function.Supplier;

/// Looks at parts of the world that are under way. None outlives [#end]: what they ask over is
/// closed soon after.
final class Looks {
  private final Executor where;
  private final List<CompletableFuture<?>> begun = new ArrayList<>();

  Looks(Executor where) {
    this.where = where;
  }

  /// @throws RuntimeException as [#end] where the look has failed already
  <T> CompletableFuture<T> begin(Supplier<T> look) {
    CompletableFuture<T> found = CompletableFuture.supplyAsync(look, where);
    begun.add(found);
    if (found.isCompletedExceptionally()) {
      end();
    }
    return found;
  }

  /// Waits for all.
  ///
  /// @throws RuntimeException what the first that was begun, of those that failed, threw
  void end() {
    CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new))
        .exceptionally(_ -> null)
        .join();
    for (CompletableFuture<?> look : begun) {
      if (look.state() == State.FAILED) {
        throw failure(look.exceptionNow());
      }
    }
  }

  private static RuntimeException failure(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }
}
