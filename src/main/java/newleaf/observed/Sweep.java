package newleaf.observed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;

/// What Secrets hold that the YAML does not name.
///
/// @param looked how many with a certificate in them were looked at
/// @param notLooked which could not be, and why, in words that follow "not looked at: "
public record Sweep(int looked, Optional<String> notLooked, List<Stray> strays) {

  /// A leaf of a known CA, for whoever loads it from there.
  public record Stray(LeafPlace place, Certificate leaf, Fingerprint issuedBy) {
    private Stray in(Optional<String> cluster) {
      return place instanceof LeafPlace.Secret secret
          ? new Stray(secret.in(cluster), leaf, issuedBy)
          : this;
    }
  }

  public Sweep {
    strays = List.copyOf(strays);
  }

  /// The same, said of a cluster.
  public Sweep in(Optional<String> cluster) {
    return new Sweep(
        looked,
        notLooked.map(which -> cluster.map(c -> "in cluster " + c + " ").orElse("") + which),
        strays.stream().map(s -> s.in(cluster)).toList());
  }

  /// With what was looked at elsewhere.
  public Sweep and(Sweep other) {
    return new Sweep(
        looked + other.looked,
        Stream.of(notLooked, other.notLooked)
            .flatMap(Optional::stream)
            .reduce((one, two) -> one + "; " + two),
        Stream.concat(strays.stream(), other.strays.stream()).toList());
  }
}
