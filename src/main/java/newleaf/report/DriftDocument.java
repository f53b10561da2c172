package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.Newleaf;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.drift.Drift;
import newleaf.drift.Found;
import newleaf.drift.Sighting;
import newleaf.json.Json;
import newleaf.plan.Due;
import newleaf.plan.Plan;

/// What a check found, as JSON; `schema/drift.schema.json` describes it.
public record DriftDocument(
    String formatVersion,
    String newleafVersion,
    Instant asOf,
    String file,
    boolean quiet,
    Drift.Looked looked,
    Drift.Measure measure,
    Optional<Instant> snapshotAt,
    List<Change> findings,
    Optional<Duration> failWithin,
    List<Ending> atRisk,
    Drift.LeftOut leftOut,
    Optional<String> lockHolder,
    int plannedSteps,
    Optional<Due> nextDue) {
  private static final String FORMAT_VERSION = "1.0";

  record Change(
      String kind,
      String address,
      String title,
      Side before,
      Side after,
      Since since,
      String why,
      String next) {}

  record Since(Instant after, Instant seen) {}

  record Side(List<Cert> certificates, List<String> texts) {
    static Side of(DriftSide side) {
      return new Side(side.certificates().stream().map(Cert::of).toList(), side.texts());
    }
  }

  record Cert(String subject, Fingerprint sha256, Instant notBefore, Instant notAfter) {
    static Cert of(Certificate c) {
      return new Cert(
          c.subject().value(), c.fingerprint(), c.validity().notBefore(), c.validity().notAfter());
    }
  }

  record Ending(
      Plan.Role role,
      String address,
      Cert certificate,
      List<String> trustedBy,
      Optional<Instant> renewAt) {
    static Ending of(Sighting s) {
      return new Ending(
          s.role(), s.address(), Cert.of(s.certificate()), s.trustedBy(), s.renewAt());
    }
  }

  /// As text, indented.
  public static String of(Drift drift) {
    return Json.pretty(
        new DriftDocument(
            FORMAT_VERSION,
            Newleaf.VERSION,
            drift.asOf(),
            drift.file(),
            drift.isQuiet(),
            drift.looked(),
            drift.measure(),
            drift.snapshotAt(),
            drift.findings().stream().map(DriftDocument::change).toList(),
            drift.failWithin(),
            drift.atRisk().stream().map(Ending::of).toList(),
            drift.leftOut(),
            drift.lockHolder(),
            drift.planned(),
            drift.nextDue()));
  }

  private static Change change(Found found) {
    DriftStory story = DriftStory.of(found.finding());
    return new Change(
        found.finding().kind(),
        found.finding().address(),
        story.title(),
        Side.of(story.before()),
        Side.of(story.after()),
        new Since(found.after(), found.seen()),
        story.why(),
        story.next());
  }
}
