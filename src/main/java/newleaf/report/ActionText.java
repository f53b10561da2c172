package newleaf.report;

import java.util.function.UnaryOperator;
import newleaf.plan.Action;
import newleaf.plan.Precondition;
import newleaf.plan.Reason;
import newleaf.plan.Step;

/// What a step does, in a few words.
final class ActionText {
  private ActionText() {}

  static char mark(Action action) {
    return switch (action) {
      case Action.IssueCa _ -> '+';
      case Action.TrustCa _, Action.SetFilters _ -> '~';
      case Action.ReissueLeaf _ -> '>';
      case Action.RollWorker _, Action.ScaleWorker _, Action.AwaitReload _ -> '^';
      case Action.RetireCa _ -> '-';
    };
  }

  /// What many such steps change.
  static String plural(Action action) {
    return switch (action) {
      case Action.IssueCa _ -> "CAs";
      case Action.TrustCa _, Action.SetFilters _, Action.RetireCa _ -> "namespaces";
      case Action.ReissueLeaf _ -> "leaves";
      case Action.RollWorker a -> workloads(a.target());
      case Action.ScaleWorker a -> workloads(a.target());
      case Action.AwaitReload _ -> "workers";
    };
  }

  private static String workloads(Action.Target target) {
    return target.deployment().map(w -> w.kind().noun() + "s").orElse("workers");
  }

  /// One that is made of an earlier one's key has its subject too.
  static String subject(Action.IssueCa action) {
    int named = action.keyOf().orElse(action.ca()).generation();
    return action.profile().subject().withCommonName(action.profile().commonName(named)).text();
  }

  /// Beside what certificates and filters tell.
  ///
  /// @param name makes text from elsewhere fit for where it is shown
  static String effect(Step step, Bundles bundles, UnaryOperator<String> name) {
    return switch (step.action()) {
      case Action.IssueCa a when a.keyOf().isPresent() ->
          "key and subject of %s, %s"
              .formatted(
                  name.apply(a.keyOf().get().address()), Words.duration(a.profile().validity()));
      case Action.IssueCa a ->
          "%s, %s, %s"
              .formatted(
                  name.apply(subject(a)),
                  a.profile().key().text(),
                  Words.duration(a.profile().validity()));
      case Action.TrustCa _, Action.RetireCa _ ->
          bundles.of(step).map(Bundles.Change::count).orElse("");
      case Action.SetFilters a ->
          "filters %s -> %s%s"
              .formatted(
                  filters(a.before().size()),
                  filters(a.after().size()),
                  a.expired().isEmpty()
                      ? ""
                      : ", drops " + Words.count(a.expired().size(), "expired CA"));
      case Action.ReissueLeaf a ->
          "new leaf of %s, %s, %s"
              .formatted(
                  name.apply(a.ca().address()),
                  a.profile().key().text(),
                  Words.duration(a.profile().validity()));
      case Action.RollWorker _ -> "rolling update" + pods(step) + ", then every pod must poll";
      case Action.ScaleWorker _ when step.reason() instanceof Reason.LeftAtZero(var replicas) ->
          "back to " + Words.count(replicas, "replica") + ", then every pod must poll";
      case Action.ScaleWorker _ -> "to 0 and back" + pods(step) + "; NO WORKER RUNS IN BETWEEN";
      case Action.AwaitReload a ->
          "wait until it has reloaded %s".formatted(name.apply(a.target().place().address()));
    };
  }

  /// Without a filter every leaf passes that comes from an accepted CA.
  private static String filters(int number) {
    return number == 0 ? "none (every subject passes)" : "" + number;
  }

  private static String pods(Step step) {
    return step.terms().preconditions().stream()
        .<String>mapMulti((precondition, out) -> {
          if (precondition instanceof Precondition.WorkloadThere there) {
            out.accept(" of " + Words.count(there.replicas(), "pod"));
          }
        })
        .findFirst()
        .orElse("");
  }
}
