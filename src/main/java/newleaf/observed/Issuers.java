package newleaf.observed;

import java.security.cert.X509Certificate;
import java.util.Optional;
import newleaf.cert.Fingerprint;

/// Answers which known CA signed a certificate, by verifying the signature (names and dates can
/// lie).
@FunctionalInterface
public interface Issuers {
  Optional<Fingerprint> of(X509Certificate certificate);
}
