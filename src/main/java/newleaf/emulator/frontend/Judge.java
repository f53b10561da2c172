package newleaf.emulator.frontend;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Judges clients of one namespace by what it trusts at this moment, and keeps the log.
record Judge(String namespace, Trusts trusts, InstantSource clock, HandshakeLog log) {

  Verdict verdict(Certificate[] shown) {
    List<X509Certificate> chain = Arrays.stream(shown).map(X509Certificate.class::cast).toList();
    Optional<Trust> trust = trusts.current(namespace);
    return trust.isPresent()
        ? ChainVerifier.judge(chain, trust.get(), clock.instant())
        : new Verdict.Refused("namespace '" + namespace + "' has no mTLS");
  }

  void record(Certificate[] shown, Verdict verdict) {
    Instant now = clock.instant();
    X509Certificate leaf = (X509Certificate) shown[0];
    log.add(new Handshake(now, namespace, newleaf.cert.Certificate.of(leaf), verdict));
  }
}
