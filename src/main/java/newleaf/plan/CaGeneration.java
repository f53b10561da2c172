package newleaf.plan;

import newleaf.observed.CaRef;
import newleaf.observed.ObservedCa;

/// One generation of a CA, made or still to be made; or one that somebody else made, and then only
/// its certificate tells which.
public record CaGeneration(CaRef ca, int generation) {
  public boolean adopted() {
    return generation == ObservedCa.ADOPTED;
  }

  public String address() {
    return ObservedCa.address(ca.name(), generation);
  }
}
