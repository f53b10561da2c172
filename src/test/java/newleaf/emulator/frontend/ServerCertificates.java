package newleaf.emulator.frontend;

import java.security.cert.X509Certificate;

/// The frontend's own certificate and its CA, for the linters.
public record ServerCertificates(X509Certificate ca, X509Certificate certificate) {
  public static ServerCertificates make() {
    ServerIdentity identity = ServerIdentity.make();
    return new ServerCertificates(identity.ca(), identity.certificate());
  }
}
