package newleaf.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.Newleaf;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.observed.JournalPosition;

/// The ordered steps that are due. Can be printed, saved and compared; holds no key and no secret.
/// As JSON this is the saved plan.
///
/// @param formatVersion a new minor only adds; another major is refused
/// @param digest `sha256:` and 64 hex digits of what it would do; see [PlanDigest]
/// @param asOf the time it was made for
/// @param expiresAt a plan that nobody began by then is stale
/// @param file the YAML, as named on the command line
/// @param desiredDigest SHA-256 of the YAML, hex
/// @param journal how far the journal was
/// @param rollback what it is, if not all that is due: one CA goes back, or forward again
/// @param looked how much was looked at
/// @param applyable nothing blocks it
/// @param nextDue what happens next, also when nothing is due
/// @param upcoming what becomes due later, soonest first
/// @param notices what a person should know and newleaf will not change
/// @param namespaces those that steps change, as they are now
/// @param known the certificates that the plan speaks of
/// @param laterRemovals CAs that it moves everybody away from and does not remove
/// @param evidence for the CAs that it removes next
public record Plan(
    String formatVersion,
    String newleafVersion,
    String digest,
    Instant asOf,
    Instant expiresAt,
    String file,
    String desiredDigest,
    JournalPosition journal,
    Optional<Rollback> rollback,
    Looked looked,
    boolean applyable,
    Summary summary,
    Optional<Due> nextDue,
    List<RotationOutlook> rotations,
    List<Step> steps,
    List<Gate> gates,
    List<Blocker> blockers,
    List<Due> upcoming,
    List<Notice> notices,
    List<NamespaceBefore> namespaces,
    List<Known> known,
    List<LaterRemoval> laterRemovals,
    List<Evidence> evidence) {
  public static final String FORMAT_VERSION = "1.2";

  /// For starting; a plan that was begun stays open until it is done.
  static final Duration VALID_FOR = Duration.ofHours(24);

  public record Looked(int namespaces, int workers, int leaves) {}

  /// How much room a rotation has.
  ///
  /// @param fastPath its CA has expired: nobody can connect, so nothing is waited for
  /// @param deadline the first thing of it that stops working if nothing is done
  /// @param takes estimates and soaks from now to its last step
  /// @param slack what is left at the deadline after `takes` and a margin of 7 days
  public record RotationOutlook(
      String ca,
      boolean fastPath,
      Optional<Due> deadline,
      Duration takes,
      Optional<Duration> slack) {}

  /// @param accepted the CAs of the bundle in its order; each is in `known`
  /// @param bundleBytes PEM before base64; the limit is 32 KB
  public record NamespaceBefore(
      String name, String resourceVersion, int bundleBytes, List<Fingerprint> accepted) {
    public NamespaceBefore {
      accepted = List.copyOf(accepted);
    }
  }

  public enum Role {
    CA,
    LEAF,
    /// an accepted client CA that newleaf did not make and nobody named
    FOREIGN_CA
  }

  public record Known(Role role, String address, Certificate certificate) {}

  public Plan {
    rotations = List.copyOf(rotations);
    steps = List.copyOf(steps);
    gates = List.copyOf(gates);
    blockers = List.copyOf(blockers);
    upcoming = List.copyOf(upcoming);
    notices = List.copyOf(notices);
    namespaces = List.copyOf(namespaces);
    known = List.copyOf(known);
    laterRemovals = List.copyOf(laterRemovals);
    evidence = List.copyOf(evidence);
    if (applyable != blockers.isEmpty()) {
      throw new IllegalArgumentException("applyable does not fit the blockers");
    }
  }

  /// Puts what was drafted together with what follows from it.
  static Plan of(Draft draft, String file, String desiredDigest, Looked looked, Survey survey) {
    Instant asOf = survey.asOf;
    Timing timing = new Timing(draft.steps, draft.gates(), asOf);
    List<Due> upcoming = draft.upcomingSorted();
    return new Plan(
        FORMAT_VERSION,
        Newleaf.VERSION,
        PlanDigest.of(desiredDigest, draft.rollback, draft.steps, draft.gates()),
        asOf,
        asOf.plus(VALID_FOR),
        file,
        desiredDigest,
        survey.recorded().journal(),
        draft.rollback,
        looked,
        draft.blockers().isEmpty(),
        Summary.of(timing, draft.gates()),
        Outlook.next(timing, draft.gates(), upcoming, asOf),
        Outlook.rotations(draft, timing, asOf),
        timing.steps(),
        draft.gates(),
        draft.blockers(),
        upcoming,
        draft.notices(),
        Outlook.before(draft.steps, survey.observed),
        Outlook.known(draft, survey),
        Outlook.laterRemovals(draft, timing),
        draft.evidence);
  }

  /// Nothing is due, and nothing is to be written down.
  public boolean isEmpty() {
    return steps.isEmpty() && rollback.stream().allMatch(Rollback::recorded);
  }

  /// The digest of the steps as they stand here; differs from `digest` only when a saved plan was
  /// edited.
  public String recount() {
    return PlanDigest.of(desiredDigest, rollback, steps, gates);
  }

  /// The command that makes it anew, without the file.
  public String command() {
    return rollback.map(r -> "rollback %s --to g%d".formatted(r.ca(), r.to())).orElse("plan");
  }

  /// The first deadline of all rotations.
  public Optional<Due> deadline() {
    return rotations.stream()
        .flatMap(r -> r.deadline().stream())
        .min(Comparator.comparing(Due::at));
  }

  /// Less some steps. Summary and digest stay those of the whole.
  ///
  /// @param out ids of steps; whatever needs one of them has to be among them
  public Plan without(Set<String> out) {
    List<Step> kept = steps.stream().filter(s -> !out.contains(s.id())).toList();
    return new Plan(
        formatVersion,
        newleafVersion,
        digest,
        asOf,
        expiresAt,
        file,
        desiredDigest,
        journal,
        rollback,
        looked,
        applyable,
        summary,
        nextDue,
        rotations,
        kept,
        gates,
        blockers,
        upcoming,
        notices,
        namespaces,
        known,
        laterRemovals,
        evidence);
  }
}
