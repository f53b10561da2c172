package newleaf.real;

import java.security.cert.X509Certificate;

/// A certificate to be linted.
///
/// @param kind how it came about, as `leaf ec-p256 under ec-p384`
/// @param purpose as openssl names it
/// @param issuer the certificate itself, for a root
record Specimen(String kind, Purpose purpose, X509Certificate certificate, X509Certificate issuer) {

  enum Purpose {
    SSLCLIENT,
    SSLSERVER,
    ANY
  }

  boolean root() {
    return certificate.equals(issuer);
  }

  @Override
  public String toString() {
    return kind;
  }
}
