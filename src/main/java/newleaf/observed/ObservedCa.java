package newleaf.observed;

import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;

/// One generation of a CA: that newleaf keeps, found where its keys live, or that somebody else
/// made and the YAML names, found in the bundle of a namespace.
///
/// @param name the name under `cas:` in the YAML
/// @param generation counts from 1; [#ADOPTED] for all that somebody else made
/// @param keyHeld its private key is there (encrypted), so it can issue
public record ObservedCa(String name, int generation, Certificate certificate, boolean keyHeld) {
  public static final int ADOPTED = 0;

  public boolean adopted() {
    return generation == ADOPTED;
  }

  public String address() {
    return address(name, generation, certificate.fingerprint());
  }

  /// `ca/booking-g2`, or of an adopted one `ca/booking-9f31c2aa`
  public static String address(String name, int generation, Fingerprint certificate) {
    return generation == ADOPTED
        ? "ca/" + name + "-" + certificate.shortText()
        : address(name, generation);
  }

  /// `ca/booking-g2`
  public static String address(String name, int generation) {
    return "ca/" + name + "-g" + generation;
  }
}
