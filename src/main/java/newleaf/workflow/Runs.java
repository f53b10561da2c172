package newleaf.workflow;

import newleaf.apply.SharedRun;
import newleaf.apply.Timeline;
import newleaf.journal.Documents;
import newleaf.journal.Journal;
import newleaf.plan.Plan;

/// Gives what acts the run that holds the lock of the state.
public interface Runs {

  /// @param planner looks at the world and plans
  record Open(
      SharedRun shared, Journal journal, Documents documents, Timeline time, Planning planner) {}

  @FunctionalInterface
  interface Planning {
    Plan plan();
  }

  @FunctionalInterface
  interface Work<T> {
    /// @throws InterruptedException when the worker is to end
    T in(Open run) throws InterruptedException;
  }

  /// Takes the lock, unless another piece of work in this process has it already, and keeps it for
  /// as long as any of them works.
  ///
  /// @throws newleaf.NewleafException LockHeld when somebody else works on the state
  <T> T during(Work<T> work) throws InterruptedException;

  /// Needs no lock.
  HomeActivities.Drift drift(HomeActivities.Compare compare);

  /// As for people, without colours.
  String text(Plan plan);

  /// Who is told what happens; activities have nobody else.
  void say(String what);
}
