package newleaf.cli;

import java.util.Optional;
import java.util.function.Supplier;

/// Made when first asked for, then kept.
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> make;
  private Optional<T> made = Optional.empty();

  Lazy(Supplier<T> make) {
    this.make = make;
  }

  @Override
  public synchronized T get() {
    if (made.isEmpty()) {
      made = Optional.of(make.get());
    }
    return made.get();
  }

  synchronized Optional<T> ifMade() {
    return made;
  }
}
