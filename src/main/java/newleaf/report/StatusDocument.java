package newleaf.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.drift.Phase;
import newleaf.drift.Runs;
import newleaf.drift.Status;
import newleaf.json.Json;
import newleaf.plan.Due;
import newleaf.plan.Gate;
import newleaf.plan.LaterRemoval;
import newleaf.plan.Plan;

/// How far every rotation is, as JSON.
public record StatusDocument(
    String formatVersion,
    Instant asOf,
    String file,
    Optional<Due> nextDue,
    int plannedSteps,
    boolean blocked,
    List<Rotation> rotations,
    List<Place> strayLeaves,
    Optional<String> lockHolder,
    Optional<Runs.Run> lastApply,
    Optional<Runs.Proved> lastProof,
    List<Open> unfinished) {
  private static final String FORMAT_VERSION = "1.0";

  record Rotation(
      String ca,
      int plannedSteps,
      List<Generation> generations,
      Optional<Plan.RotationOutlook> outlook,
      List<Gate> gates,
      List<LaterRemoval> laterRemovals) {}

  record Generation(
      String address,
      Phase phase,
      DriftDocument.Cert certificate,
      boolean keyHeld,
      List<String> trustedBy,
      List<Place> leaves) {}

  record Place(String address, Optional<Fingerprint> sha256, Optional<Instant> notAfter) {}

  record Open(String verb, String address, Instant begunAt) {}

  record Next(
      String formatVersion,
      Instant asOf,
      Optional<Due> nextDue,
      int plannedSteps,
      boolean blocked) {}

  public static String of(Status status) {
    return Json.pretty(
        new StatusDocument(
            FORMAT_VERSION,
            status.asOf(),
            status.file(),
            status.nextDue(),
            status.planned(),
            status.blocked(),
            status.cas().stream().map(StatusDocument::rotation).toList(),
            status.stray().stream().map(StatusDocument::place).toList(),
            status.lockHolder(),
            status.runs().last(),
            status.runs().lastProof(),
            status.runs().unfinished().stream()
                .map(u -> new Open(u.step().verb(), u.step().address(), u.begunAt()))
                .toList()));
  }

  /// What `next` prints.
  public static String next(Plan plan) {
    return Json.pretty(
        new Next(
            FORMAT_VERSION, plan.asOf(), plan.nextDue(), plan.steps().size(), !plan.applyable()));
  }

  private static Rotation rotation(Status.Ca ca) {
    return new Rotation(
        ca.name(),
        ca.planned(),
        ca.generations().stream().map(StatusDocument::generation).toList(),
        ca.outlook(),
        ca.gates(),
        ca.later());
  }

  private static Generation generation(Status.Generation g) {
    return new Generation(
        g.address(),
        g.phase(),
        DriftDocument.Cert.of(g.certificate()),
        g.keyHeld(),
        g.trustedBy(),
        g.leaves().stream().map(StatusDocument::place).toList());
  }

  private static Place place(Status.Place place) {
    return new Place(
        place.address(),
        place.leaf().map(c -> c.fingerprint()),
        place.leaf().map(c -> c.validity().notAfter()));
  }
}
