package newleaf.cli;

/// What `java.util.logging` asks how to log, should something log: nowhere. gRPC does, and what
/// matters is in our own messages. Named by a property, so that whoever does not log does not wait
/// for the logging to be set up.
public final class SilentLog {
  /// Leaves the root logger without a handler.
  public SilentLog() {}
}
