package newleaf.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.desired.CaSpec;
import newleaf.observed.ObservedCa;
import newleaf.observed.RolledBack;

/// A CA stays at an earlier generation since somebody rolled it back. That is over when it can not
/// issue leaves that last, when a newer generation was made, and when the YAML asks for a CA that
/// is like neither; or when somebody has it go forward again.
///
/// @param margin the longest `renewBefore` of its leaves: what it issues later is due at once
record Stay(CaSpec spec, RolledBack since, List<ObservedCa> generations, Duration margin) {

  static Optional<Stay> of(Survey survey, CaSpec spec) {
    Optional<RolledBack> back =
        survey.recorded().rolledBack(spec.name()).filter(RolledBack::goesBack);
    if (back.isEmpty()) {
      return Optional.empty();
    }
    Duration margin =
        survey.wanted.desired.leaves().stream()
            .filter(l -> l.ca().equals(spec.name()))
            .map(l -> l.renewBefore().value())
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return back.map(since -> new Stay(spec, since, survey.generations(spec.name()), margin));
  }

  private String address() {
    return ObservedCa.address(spec.name(), since.to());
  }

  private Optional<ObservedCa> generation() {
    return generations.stream()
        .filter(g -> !g.adopted() && g.generation() == since.to())
        .findFirst();
  }

  Instant until(ObservedCa at) {
    return at.certificate().validity().renewAt(margin);
  }

  /// The generation it stays at; empty when that is over.
  Optional<ObservedCa> at(Instant asOf) {
    return over(asOf).isPresent() ? Optional.empty() : generation();
  }

  /// Why it does not stay there, or can not.
  Optional<Explanation> over(Instant asOf) {
    if (generation().filter(ObservedCa::keyHeld).isEmpty()) {
      return explained(
          "NL5021",
          address(),
          "its private key is not where its keys live, so no leaf of it can be issued.",
          "Put the key file back, or go back to another generation with --to.");
    }
    return newerMade().or(() -> ends(generation().get(), asOf)).or(this::wantsAnother);
  }

  private Optional<Explanation> newerMade() {
    int newest = generations.getLast().generation();
    return newest == since.from()
        ? Optional.empty()
        : explained(
            "NL5022",
            "ca/" + spec.name(),
            "the newest generation is G%d, and it was to go back from G%d."
                .formatted(newest, since.from()),
            "Plan it again: newleaf rollback " + spec.name());
  }

  private Optional<Explanation> ends(ObservedCa at, Instant asOf) {
    return asOf.isBefore(until(at))
        ? Optional.empty()
        : explained(
            "NL5023",
            address(),
            "%s %s; a leaf of it would be due, or dead, the moment it is issued."
                .formatted(
                    at.certificate().validity().expiredAt(asOf) ? "ended" : "ends",
                    at.certificate().validity().notAfter()),
            "Go forward instead: newleaf plan makes the next generation when one is due.");
  }

  /// The next plan would make another generation at once.
  private Optional<Explanation> wantsAnother() {
    Optional<Reason.SpecChanged> newest = CaChecks.specChanged(spec, generations.getLast());
    return newest.isEmpty() || CaChecks.specChanged(spec, generation().get()).isEmpty()
        ? Optional.empty()
        : explained(
            "NL5024",
            "ca/" + spec.name(),
            "the YAML asks for a CA that is like neither G%d nor G%d (%s is to be %s)."
                .formatted(since.to(), since.from(), newest.get().what(), newest.get().wanted()),
            "Undo that change of the YAML first, or let newleaf plan make the CA it asks for.");
  }

  List<Notice> notices(ObservedCa at, Instant asOf) {
    String back =
        "rolled back from G%d at %s by %s; forward again with: newleaf rollback %s --to g%d"
            .formatted(
                since.from(),
                since.at().truncatedTo(ChronoUnit.SECONDS),
                since.who(),
                spec.name(),
                since.from());
    Notice stays = new Notice(Notice.What.ROLLED_BACK, at.address(), back, until(at));
    boolean soon = !asOf.isBefore(at.certificate().validity().renewAt(spec.renewBefore().value()));
    Notice ends =
        new Notice(
            Notice.What.ROLLED_BACK_ENDS_SOON,
            at.address(),
            at.certificate().subject().value(),
            at.certificate().validity().notAfter());
    return soon ? List.of(stays, ends) : List.of(stays);
  }

  private static Optional<Explanation> explained(
      String code, String where, String what, String next) {
    return Optional.of(new Explanation(code, where, what, next));
  }
}
