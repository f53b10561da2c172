package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import newleaf.plan.Due;
import newleaf.plan.Plan;

/// What comes up within a time: renewals that open and certificates that end, also those of others.
final class Horizon {
  private Horizon() {}

  static void add(Plan plan, Duration horizon, Sheet sheet) {
    Instant until = plan.asOf().plus(horizon);
    String within = "until %s (%s)".formatted(Words.day(until), Words.about(horizon));
    List<Due> coming = coming(plan, until);
    if (coming.isEmpty()) {
      sheet.line("Nothing comes up " + within + ".");
    } else {
      sheet.line(Tone.HEAD, "Coming up " + within + ":");
      sheet.rows("", coming.stream().map(d -> row(plan, d)).toList(), 3);
    }
    sheet.blank();
  }

  private static List<Due> coming(Plan plan, Instant until) {
    Stream<Due> ends =
        plan.known().stream()
            .map(k -> new Due(k.address(), Due.What.EXPIRY, k.certificate().validity().notAfter()));
    return Stream.concat(plan.upcoming().stream(), ends)
        .filter(d -> !d.at().isBefore(plan.asOf()) && !d.at().isAfter(until))
        .distinct()
        .sorted(Comparator.comparing(Due::at).thenComparing(Due::address))
        .toList();
  }

  private static Row row(Plan plan, Due due) {
    return Row.of(
        ' ',
        Words.day(due.at()),
        Words.left(due.at(), plan.asOf()),
        switch (due.what()) {
          case STEP -> "step is due";
          case SOAK -> "soak is over";
          case NOT_BEFORE -> "may begin";
          case RENEWAL -> "renewal opens";
          case EXPIRY -> "ends";
        },
        due.address() + subject(plan, due));
  }

  /// A foreign CA is known by its name, not by its address.
  private static String subject(Plan plan, Due due) {
    return plan.known().stream()
        .filter(k -> k.role() == Plan.Role.FOREIGN_CA && k.address().equals(due.address()))
        .map(k -> "  " + k.certificate().subject().value())
        .findFirst()
        .orElse("");
  }
}
