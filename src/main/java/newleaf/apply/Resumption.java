package newleaf.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import newleaf.apply.Ending.Failed;
import newleaf.journal.Entry;

/// Looks after the steps that earlier runs began and did not end: together, as they were under way
/// together. Each may wait long for an operation and for proofs.
final class Resumption {
  private final Shift shift;
  private final Consumer<Entry.Begun> work;
  private final int atOnce;
  private final List<Claims> running = new ArrayList<>();
  private final Setbacks setbacks = new Setbacks();

  /// @param work looks after one
  Resumption(Crew crew, Consumer<Entry.Begun> work, int atOnce) {
    this.shift = new Shift(crew);
    this.work = work;
    this.atOnce = atOnce;
  }

  /// @return in the order in which they came
  List<Failed> of(List<Entry.Begun> unfinished) {
    for (Entry.Begun begun : unfinished) {
      Claims claims = Claims.of(begun.step().action());
      while (running.size() == atOnce || running.stream().anyMatch(claims::collidesWith)) {
        await();
      }
      if (!setbacks.runEnds()) {
        running.add(claims);
        shift.start(() -> work.accept(begun), failure -> ended(begun, claims, failure));
        shift.listen();
      }
    }
    while (!running.isEmpty()) {
      await();
    }
    setbacks.throwIfRunEnds();
    return setbacks.failed();
  }

  private void await() {
    shift.await(Optional.empty()).ifPresent(setbacks::endTheRun);
    shift.listen();
  }

  private void ended(Entry.Begun begun, Claims claims, Optional<Throwable> failure) {
    running.remove(claims);
    failure.ifPresent(why -> setbacks.of(begun.step(), why));
  }
}
