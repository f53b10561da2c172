package newleaf.observed;

import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;

/// What Secrets hold that the YAML does not name.
///
/// @param looked how many with a certificate in them were looked at
/// @param notLooked which could not be, and why, in words that follow "not looked at: "
public record Sweep(int looked, Optional<String> notLooked, List<Stray> strays) {

  /// A leaf of a known CA, for whoever loads it from there.
  public record Stray(LeafPlace place, Certificate leaf, Fingerprint issuedBy) {}

  public Sweep {
    strays = List.copyOf(strays);
  }
}
