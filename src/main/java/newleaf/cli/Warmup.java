package newleaf.cli;

import java.util.Arrays;
import java.util.Set;
import newleaf.cloud.CloudChannel;
import newleaf.json.Json;

/// Has classes initialized that a look at the world needs, in a thread of its own while arguments
/// and the file are read: a plan of one namespace takes a fifth less time so.
final class Warmup {
  /// Those that connect, and that somebody waits for.
  private static final Set<String> COMMANDS =
      Set.of("drift", "next", "observe", "plan", "rollback", "status");

  /// With these they do not connect.
  private static final Set<String> ALONE = Set.of("-h", "--help", "--observed");

  private Warmup() {}

  /// Begins it for a command line that connects, as far as can be seen without parsing it. To be
  /// wrong costs a moment of a processor, or of time.
  static void beginFor(String... args) {
    if (args.length > 0
        && COMMANDS.contains(args[0])
        && Arrays.stream(args).noneMatch(arg -> ALONE.contains(arg.replaceFirst("=.*", "")))) {
      Thread.ofPlatform().daemon().name("newleaf-warmup").start(Warmup::run);
    }
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
