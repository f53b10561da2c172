package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.Outcome;
import newleaf.plan.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedRunTest {
  private final Scenario scenario = Scenario.of("ca-rollover");

  private SharedRun run(Tripwire wire) {
    return new SharedRun(
        MortalPorts.of(scenario.world().ports(), wire), scenario.mortalJournal(wire));
  }

  private Step step(String verb) {
    return scenario.plan().steps().stream()
        .filter(s -> s.verb().equals(verb))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void stepIsBegunInTheJournalBeforeItsEffectAndEndedAfter() throws InterruptedException {
    Outcome outcome = run(new Tripwire(0)).carryOut("one-s1", step("issue"), _ -> {});
    assertThat(outcome).isEqualTo(new Outcome.Done());
    Journal journal = scenario.journal();
    assertThat(journal.entries().getFirst())
        .isInstanceOfSatisfying(
            Entry.Begun.class, b -> assertThat(b.attempt()).isEqualTo("one-s1"));
    assertThat(journal.entries().getLast())
        .isEqualTo(new Entry.Ended("one-s1", new Outcome.Done()));
  }

  @Test
  void stepThatAKilledRunBeganIsLookedAfterBeforeItIsTriedAgain() throws InterruptedException {
    Outcome _ = run(new Tripwire(0)).carryOut("one-s1", step("issue"), _ -> {});
    Step trust = step("trust");
    Tripwire wire = new Tripwire(8);
    assertThatThrownBy(() -> run(wire).carryOut("one-s2", trust, _ -> {}))
        .isInstanceOf(Tripwire.Killed.class);
    assertThat(scenario.journal().unfinished()).extracting(Entry.Begun::attempt).contains("one-s2");
    Outcome second = run(new Tripwire(0)).carryOut("two-s2", trust, _ -> {});
    assertThat(second).isIn(new Outcome.Done(), new Outcome.AlreadySo());
    assertThat(scenario.journal().unfinished()).isEmpty();
    assertThat(scenario.world().cloud.bundle(scenario.namespace())).hasSize(2);
  }

  /// The world of the fakes is of one thread, so the steps here never get to their ports at once:
  /// what is asked is who is let in.
  @Test
  void stepsOfOneAddressWaitForEachOther() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    List<Integer> together = new ArrayList<>();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    SharedRun run = run(new Tripwire(0));
    Step issue = step("issue");
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<Outcome> first =
          threads.submit(() ->
              run.carryOut(
                  "one-s1",
                  issue,
                  event -> {
                    together.add(inside.incrementAndGet());
                    entered.countDown();
                    await(letGo);
                    inside.decrementAndGet();
                  }));
      entered.await();
      Future<Outcome> second = threads.submit(() -> run.carryOut("two-s1", issue, _ -> {}));
      assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      letGo.countDown();
      assertThat(first.get()).isEqualTo(new Outcome.Done());
      assertThat(second.get()).isEqualTo(new Outcome.AlreadySo());
    }
    assertThat(together).containsOnly(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
