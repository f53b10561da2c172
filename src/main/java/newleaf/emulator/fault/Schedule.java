package newleaf.emulator.fault;

/// At which of the calls that fit a fault strikes.
public sealed interface Schedule {

  /// @param first 1 is the next call
  record Calls(int first, int times) implements Schedule {}

  record Always() implements Schedule {}

  /// Each call draws. What it draws depends on the seed, the call and how often that was made, so
  /// other calls in between change nothing.
  record Drawn(double rate, long seed) implements Schedule {}

  static Schedule once() {
    return new Calls(1, 1);
  }

  static Schedule times(int times) {
    return new Calls(1, times);
  }
}
