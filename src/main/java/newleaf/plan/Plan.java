package newleaf.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;

/// The ordered steps that are due. Can be printed, saved and compared; holds no key and no secret.
///
/// @param asOf the time it was made for
/// @param file the YAML, as named on the command line
/// @param desiredDigest SHA-256 of the YAML, hex
/// @param upcoming what becomes due later, soonest first
/// @param deadline the first thing in this plan that stops working if nothing is done
/// @param known the certificates the steps speak of, for showing subject and notAfter
public record Plan(
    String formatVersion,
    Instant asOf,
    String file,
    String desiredDigest,
    int namespaces,
    int workers,
    int leaves,
    List<Step> steps,
    List<Gate> gates,
    List<Blocker> blockers,
    List<Due> upcoming,
    Optional<Due> deadline,
    List<Known> known) {
  public static final String FORMAT_VERSION = "0.1";

  /// A CA and who accepts it now.
  public record Known(String address, Certificate certificate, List<String> namespaces) {
    public Known {
      namespaces = List.copyOf(namespaces);
    }
  }

  public Plan {
    steps = List.copyOf(steps);
    gates = List.copyOf(gates);
    blockers = List.copyOf(blockers);
    upcoming = List.copyOf(upcoming);
    known = List.copyOf(known);
  }

  /// Nothing is due.
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  public boolean applyable() {
    return blockers.isEmpty();
  }

  /// The gates a step waits for, in order.
  public List<Gate> gatesBefore(Step step) {
    return gates.stream().filter(g -> g.before().contains(step.id())).toList();
  }
}
