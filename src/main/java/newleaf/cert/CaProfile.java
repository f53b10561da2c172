package newleaf.cert;

import java.time.Duration;

/// All that making a CA needs. The common name gets the generation appended: "Booking CA G2", since
/// every CA of a namespace needs its own subject (Temporal Cloud refuses identical ones).
public record CaProfile(Subject subject, KeyAlgorithm key, Duration validity) {

  public String commonName(int generation) {
    return subject.commonName() + " G" + generation;
  }
}
