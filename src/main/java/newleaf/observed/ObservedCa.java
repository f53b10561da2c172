package newleaf.observed;

import newleaf.cert.Certificate;

/// One generation of a CA that newleaf keeps, found where its keys live.
///
/// @param name the name under `cas:` in the YAML
/// @param generation counts from 1
/// @param keyHeld its private key is there (encrypted), so it can issue
public record ObservedCa(String name, int generation, Certificate certificate, boolean keyHeld) {
  public String address() {
    return address(name, generation);
  }

  /// `ca/booking-g2`
  public static String address(String name, int generation) {
    return "ca/" + name + "-g" + generation;
  }
}
