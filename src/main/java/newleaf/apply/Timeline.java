package newleaf.apply;

import java.time.Duration;
import java.time.InstantSource;

/// The clock and the only way to wait, so that tests and simulations run on virtual time.
public interface Timeline extends InstantSource {
  /// @throws InterruptedException when the run is to end: at once, and at each further call
  void pause(Duration duration) throws InterruptedException;
}
