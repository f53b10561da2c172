package newleaf.desired;

import java.time.Duration;
import java.util.Optional;

/// `validity` and `renewBefore` of a CA or leaf.
record Lifetime(Duration validity, Located<Duration> renewBefore) {

  /// @param dueAtOnce what a too early renewal would do: `each leaf`
  static Lifetime read(Section section, String dueAtOnce) {
    Optional<Located<Duration>> validity = section.duration("validity");
    Optional<Located<Duration>> written = section.optionalDuration("renewBefore");
    if (validity.isEmpty()) {
      return new Lifetime(Duration.ZERO, new Located<>(Duration.ZERO, section.at()));
    }
    Duration whole = validity.get().value();
    Located<Duration> renewBefore =
        written.orElse(new Located<>(Durations.third(whole), section.at()));
    if (renewBefore.value().compareTo(whole) >= 0) {
      refuse(section, renewBefore, whole, dueAtOnce);
    }
    return new Lifetime(whole, renewBefore);
  }

  private static void refuse(
      Section section, Located<Duration> early, Duration validity, String dueAtOnce) {
    section
        .problems()
        .add(
            Codes.RENEW_BEFORE,
            early.source(),
            "%s.renewBefore is %s but %s.validity is %s; %s would be due the moment it is issued."
                .formatted(
                    section.name(),
                    Durations.text(early.value()),
                    section.name(),
                    Durations.text(validity),
                    dueAtOnce),
            "Set it below %s (%s is a third of the validity)."
                .formatted(Durations.text(validity), Durations.text(Durations.third(validity))));
  }
}
