package newleaf.apply;

import java.util.Optional;
import java.util.function.Consumer;

/// Tells a value that is looked at again and again only when it is another than before.
final class Changes<T> {
  private final Consumer<T> told;
  private Optional<T> last = Optional.empty();

  Changes(Consumer<T> told) {
    this.told = told;
  }

  void to(T value) {
    if (!last.equals(Optional.of(value))) {
      last = Optional.of(value);
      told.accept(value);
    }
  }
}
