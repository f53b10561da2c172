package newleaf.cli;

/// What a person reads when Ctrl-C or SIGTERM ends an apply. Nothing has to be undone: the journal
/// is on disk before each effect, and the kernel frees the lock.
final class StopNotice implements AutoCloseable {
  private final Thread hook;

  private StopNotice(Thread hook) {
    this.hook = hook;
  }

  static StopNotice during(Terminal terminal, String file) {
    Thread hook =
        new Thread(() -> {
          terminal
              .err()
              .println(
                  "Stopped. What was done is in the journal; go on with: newleaf apply -f " + file);
          terminal.err().flush();
        });
    Runtime.getRuntime().addShutdownHook(hook);
    return new StopNotice(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      return; // already stopping: the notice is being printed
    }
  }
}
