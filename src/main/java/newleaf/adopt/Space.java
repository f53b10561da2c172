package newleaf.adopt;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.observed.NamespaceReading;
import newleaf.observed.Observer;

/// A namespace with mTLS and the CAs it accepts that are not over.
record Space(NamespaceReading reading, List<X509Certificate> cas) {

  static Space of(NamespaceReading reading, Instant asOf) {
    return new Space(
        reading,
        reading.acceptedClientCas().stream()
            .filter(ca -> !Certificate.of(ca).validity().expiredAt(asOf))
            .toList());
  }

  String name() {
    return reading.namespace().name();
  }

  List<CertificateFilter> filters() {
    return reading.namespace().filters();
  }

  List<Certificate> expired(Instant asOf) {
    return reading.namespace().acceptedClientCas().stream()
        .filter(ca -> ca.validity().expiredAt(asOf))
        .toList();
  }

  boolean lets(X509Certificate leaf) {
    return Observer.among(cas).of(leaf).isPresent()
        && CertificateFilter.anyMatches(filters(), Certificate.of(leaf));
  }
}
