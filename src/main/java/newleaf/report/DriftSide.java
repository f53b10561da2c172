package newleaf.report;

import java.util.List;
import java.util.stream.Stream;
import newleaf.cert.Certificate;

/// How something looks before or after: certificates, and what is no certificate.
record DriftSide(List<Certificate> certificates, List<String> texts) {
  DriftSide {
    certificates = List.copyOf(certificates);
    texts = List.copyOf(texts);
  }

  static DriftSide of(Certificate certificate) {
    return new DriftSide(List.of(certificate), List.of());
  }

  static DriftSide of(String... texts) {
    return new DriftSide(List.of(), List.of(texts));
  }

  /// One line for each part.
  List<String> lines() {
    return Stream.concat(certificates.stream().map(DriftSide::line), texts.stream()).toList();
  }

  /// `CN=Booking CA G2, SHA-256 9f31c2aa, ends 2027-11-24`
  static String line(Certificate certificate) {
    return "%s, SHA-256 %s, ends %s"
        .formatted(
            certificate.subject().value(),
            certificate.fingerprint().shortText(),
            Words.day(certificate.validity().notAfter()));
  }
}
