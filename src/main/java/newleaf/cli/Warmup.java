package newleaf.cli;

import newleaf.cloud.CloudChannel;
import newleaf.json.Json;

/// Has classes initialized that a look at the world needs, in a thread of its own while the file is
/// read: a plan of one namespace takes an eighth less time so.
final class Warmup {
  private Warmup() {}

  /// For a command that is going to connect. Once is enough for a process, and more do no harm.
  static void begin() {
    Thread.ofPlatform().daemon().name("newleaf-warmup").start(Warmup::run);
  }

  private static void run() {
    try {
      CloudChannel.prepare();
      Json.digest("");
    } catch (RuntimeException | LinkageError _) {
      // who needs it meets the same, and says it
    }
  }
}
