package newleaf.report;

import newleaf.apply.Progress;

/// How far a step is, in a few words.
final class ProgressText {
  private ProgressText() {}

  static String of(Progress progress) {
    return switch (progress) {
      case Progress.Pods(var ready, var of) -> "%d of %d pods on the new leaf".formatted(ready, of);
      case Progress.PodsLeft(var left) ->
          Words.count(left, "pod") + " left, none will run for a while";
      case Progress.Polling(var polling, var of, var queue) when of > 0 ->
          "%d of %d pods poll %s".formatted(polling, of, queue);
      case Progress.Polling(_, _, var queue) -> "waiting for pollers on " + queue;
      case Progress.Proving(var claim, var agreeing, var of, var last) ->
          "%d of %d in a row: %s%s"
              .formatted(agreeing, of, claim, agreeing == 0 ? "; last answer " + last : "");
      case Progress.Accepted(var operation) -> "waiting for operation " + operation;
      case Progress.TimeGiven(var why, var until) -> "until " + Words.time(until) + " " + why;
    };
  }
}
