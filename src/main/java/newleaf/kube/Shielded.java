package newleaf.kube;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Makes a call that is to be made also by a thread that was told to stop: an interrupt would break
/// it off. The interrupt stays set.
final class Shielded {
  private Shielded() {}

  static <T> T call(Supplier<T> call) {
    try {
      return CompletableFuture.supplyAsync(call, task -> Thread.ofVirtual().start(task)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }
}
