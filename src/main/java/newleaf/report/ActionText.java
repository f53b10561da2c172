package newleaf.report;

import java.util.List;
import java.util.stream.Collectors;
import newleaf.cert.CertificateFilter;
import newleaf.plan.Action;

/// What a step does, as one line behind its address, and how it is proven.
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

  static String effect(Action action) {
    return Words.safe(
        switch (action) {
          case Action.IssueCa a when a.keyOf().isPresent() ->
              "key and subject of %s, %s"
                  .formatted(a.keyOf().get().address(), Words.duration(a.profile().validity()));
          case Action.IssueCa a ->
              "%s, %s, %s"
                  .formatted(
                      a.profile()
                          .subject()
                          .withCommonName(a.profile().commonName(a.ca().generation()))
                          .text(),
                      a.profile().key().text(),
                      Words.duration(a.profile().validity()));
          case Action.TrustCa a ->
              "accept %s %s%s"
                  .formatted(
                      a.ca().address(),
                      a.replaces()
                          .map(old -> "in place of " + old.address() + ", which has the same key")
                          .orElse("beside what is accepted now"),
                      dropping(a.expired().size()));
          case Action.SetFilters a ->
              filters(a.before()) + " -> " + filters(a.after()) + dropping(a.expired().size());
          case Action.ReissueLeaf a ->
              "from %s, %s, %s, %s"
                  .formatted(
                      a.ca().address(),
                      a.profile().subject().text(),
                      a.profile().key().text(),
                      Words.duration(a.profile().validity()));
          case Action.RollWorker _ -> "rolling update, then every pod must poll";
          case Action.ScaleWorker _ -> "to 0 and back; NO WORKER RUNS IN BETWEEN";
          case Action.AwaitReload a ->
              "wait until %s has reloaded %s"
                  .formatted(a.target().name(), a.target().place().address());
          case Action.RetireCa a ->
              "remove %s (%s, %s)%s"
                  .formatted(
                      a.old().address(),
                      a.certificate().subject().value(),
                      a.certificate().fingerprint().shortText(),
                      dropping(
                          a.expired().size()
                              - (a.expired().contains(a.certificate().fingerprint()) ? 1 : 0)));
        });
  }

  private static String dropping(int expired) {
    return expired == 0 ? "" : ", drop " + Words.count(expired, "expired CA");
  }

  /// Empty when a step needs no connection to be proven.
  static String proof(Action action) {
    return switch (action) {
      case Action.IssueCa _ -> "a leaf of it verifies, before the certificate is written";
      case Action.TrustCa a ->
          "a leaf of %s accepted, %sa stranger refused"
              .formatted(a.ca().address(), a.inUse().isEmpty() ? "" : "leaves in use accepted, ");
      case Action.SetFilters _ -> "leaves in use accepted";
      case Action.ReissueLeaf _ -> "the new leaf accepted, before it is delivered";
      case Action.RollWorker _, Action.ScaleWorker _ -> "every pod on the new leaf, and polling";
      case Action.AwaitReload a ->
          a.target()
              .taskQueue()
              .map(queue -> "somebody polls task queue " + Words.safe(queue))
              .orElse("none; it has no taskQueue, so nobody can be asked");
      case Action.RetireCa a ->
          "leaves in use accepted, pods polling, a leaf of %s refused".formatted(a.old().address());
    };
  }

  private static String filters(List<CertificateFilter> filters) {
    return filters.isEmpty()
        ? "no filter"
        : filters.stream().map(f -> "[" + f.text() + "]").collect(Collectors.joining(" "));
  }
}
