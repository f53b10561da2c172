package newleaf.plan;

import newleaf.observed.CaRef;
import newleaf.observed.ObservedCa;

/// One generation of a CA, made or still to be made.
public record CaGeneration(CaRef ca, int generation) {
  public String address() {
    return ObservedCa.address(ca.name(), generation);
  }
}
