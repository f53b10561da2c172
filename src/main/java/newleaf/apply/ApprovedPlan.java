package newleaf.apply;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import newleaf.Explanation;
import newleaf.journal.Entry;
import newleaf.observed.JournalPosition;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import newleaf.plan.Waits;

/// A plan that somebody said yes to before: from a file, or by its digest. What is carried out is
/// always planned anew; this says how much of that was approved. A plan that was begun stays open
/// until it is done or another one was begun, however long its gates take.
///
/// @param before the journal as this run found it
/// @param history its entries
public record ApprovedPlan(Plan plan, JournalPosition before, List<Entry> history) {

  /// What may be done with the plan made now.
  public sealed interface Verdict {
    /// @param plan the approved part of it
    /// @param others steps that are due now and that nobody approved
    record Go(Plan plan, List<Step> others) implements Verdict {
      public Go {
        others = List.copyOf(others);
      }
    }

    /// @param differs the plans are worth comparing
    record Stale(Explanation why, boolean differs) implements Verdict {}
  }

  public ApprovedPlan {
    history = List.copyOf(history);
  }

  /// In the order in which staleness is looked for: the file, the journal, the time, the steps.
  public Verdict on(Plan now, Instant asOf) {
    return moved(now, asOf)
        .<Verdict>map(why -> new Verdict.Stale(why, false))
        .orElseGet(() -> compare(plan, now, begun()));
  }

  /// For whoever keeps to a plan by itself until it is done, whatever else was begun meanwhile.
  public static Verdict goingOn(Plan approved, Plan now) {
    return edited(approved, now)
        .<Verdict>map(why -> new Verdict.Stale(why, false))
        .orElseGet(() -> compare(approved, now, true));
  }

  /// Its first step is in the journal, and no other plan was begun since.
  public boolean begun() {
    return lastBegun(history).filter(plan.digest()::equals).isPresent();
  }

  /// Digest of the plan that the last run began, or went on with.
  public static Optional<String> lastBegun(List<Entry> history) {
    return history.stream()
        .<String>mapMulti((entry, out) -> {
          if (entry instanceof Entry.RunStarted run) {
            out.accept(run.planDigest());
          }
        })
        .reduce((_, last) -> last);
  }

  private Optional<Explanation> moved(Plan now, Instant asOf) {
    Optional<Explanation> edited = edited(plan, now);
    if (edited.isPresent() || begun()) {
      return edited;
    }
    if (!plan.journal().equals(before)) {
      return Optional.of(
          stale(
              "NL5202",
              "the journal has %d lines and had %d when the plan was made: another run came between."
                  .formatted(before.serial(), plan.journal().serial()),
              now));
    }
    return asOf.isAfter(plan.expiresAt())
        ? Optional.of(stale("NL5203", "the plan was to be begun by " + plan.expiresAt() + ".", now))
        : Optional.empty();
  }

  private static Optional<Explanation> edited(Plan approved, Plan now) {
    return approved.desiredDigest().equals(now.desiredDigest())
        ? Optional.empty()
        : Optional.of(stale("NL5201", now.file() + " was changed since the plan was made.", now));
  }

  private static Verdict compare(Plan plan, Plan now, boolean begun) {
    Set<Action> approved = plan.steps().stream().map(Step::action).collect(Collectors.toSet());
    List<Step> others = now.steps().stream().filter(s -> !approved.contains(s.action())).toList();
    if (others.isEmpty()) {
      return new Verdict.Go(now, List.of());
    }
    if (!begun) {
      String first = others.getFirst().verb() + " " + others.getFirst().address();
      return new Verdict.Stale(
          stale("NL5204", "something else would be done now: " + first + ".", now), true);
    }
    return new Verdict.Go(now.without(after(now, others)), others);
  }

  /// The steps that were not approved, and those that need one of them or wait for a gate that
  /// does.
  private static Set<String> after(Plan now, List<Step> others) {
    Set<String> out = others.stream().map(Step::id).collect(Collectors.toCollection(HashSet::new));
    Waits waits = new Waits(now.gates());
    Map<String, Boolean> held = new HashMap<>(); // what a gate waits for stands before it
    for (Step step : now.steps()) {
      boolean gated =
          waits.before(step).stream()
              .anyMatch(g ->
                  held.computeIfAbsent(g.id(), _ -> g.after().stream().anyMatch(out::contains)));
      if (gated || step.needs().stream().anyMatch(out::contains)) {
        out.add(step.id());
      }
    }
    return out;
  }

  private static Explanation stale(String code, String what, Plan now) {
    return new Explanation(
        code,
        "the approved plan",
        what,
        "Run: newleaf %s -f %s".formatted(now.command(), now.file()));
  }
}
