package newleaf.drift;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.plan.Due;
import newleaf.plan.Gate;
import newleaf.plan.LaterRemoval;
import newleaf.plan.Plan;

/// How far every rotation is.
///
/// @param stray places whose leaf comes from none of these CAs, or that hold none
/// @param lockHolder who is changing things right now
public record Status(
    String file,
    Instant asOf,
    List<Ca> cas,
    List<Place> stray,
    Optional<Due> nextDue,
    int planned,
    boolean blocked,
    Optional<String> lockHolder,
    Runs runs) {

  /// @param outlook deadline and slack, while a rotation is due
  /// @param gates what holds steps of this rotation back
  /// @param later old CAs that a plan of their own removes
  public record Ca(
      String name,
      List<Generation> generations,
      int planned,
      Optional<Plan.RotationOutlook> outlook,
      List<Gate> gates,
      List<LaterRemoval> later) {
    public Ca {
      generations = List.copyOf(generations);
      gates = List.copyOf(gates);
      later = List.copyOf(later);
    }
  }

  public record Generation(
      String address,
      Phase phase,
      Certificate certificate,
      boolean keyHeld,
      List<String> trustedBy,
      List<Place> leaves) {
    public Generation {
      trustedBy = List.copyOf(trustedBy);
      leaves = List.copyOf(leaves);
    }
  }

  /// @param leaf empty when nothing lies there
  public record Place(String address, Optional<Certificate> leaf) {}

  public Status {
    cas = List.copyOf(cas);
    stray = List.copyOf(stray);
  }
}
