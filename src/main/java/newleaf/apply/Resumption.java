package newleaf.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import newleaf.NewleafException;
import newleaf.apply.Ending.Failed;
import newleaf.journal.Entry;

/// Looks after the steps that earlier runs began and did not end: together, as they were under way
/// together. Each may wait long for an operation and for proofs.
final class Resumption {
  private final Shift shift;
  private final Consumer<Entry.Begun> work;
  private final int atOnce;
  private final List<Claims> running = new ArrayList<>();
  private final List<Failed> failed = new ArrayList<>();
  private Optional<Throwable> ending = Optional.empty();

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
      if (ending.isEmpty()) {
        running.add(claims);
        shift.start(() -> work.accept(begun), failure -> ended(begun, claims, failure));
        shift.listen();
      }
    }
    while (!running.isEmpty()) {
      await();
    }
    ending.ifPresent(Shift::rethrow);
    return failed;
  }

  private void await() {
    Optional<Throwable> asked = shift.await(Optional.empty());
    ending = ending.or(() -> asked);
    shift.listen();
  }

  private void ended(Entry.Begun begun, Claims claims, Optional<Throwable> failure) {
    running.remove(claims);
    failure.ifPresent(why -> failed(begun, why));
  }

  private void failed(Entry.Begun begun, Throwable why) {
    if (why instanceof NewleafException e && !Course.endsTheRun(e.failure())) {
      failed.add(new Failed(begun.step(), e.failure()));
    } else {
      ending = ending.or(() -> Optional.of(why));
    }
  }
}
