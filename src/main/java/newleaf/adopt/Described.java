package newleaf.adopt;

import newleaf.cert.Certificate;

/// A certificate for a person: subject, fingerprint, end.
final class Described {
  private Described() {}

  /// `CN=Payments CA (9f31c2aa), until 2027-01-31T09:00:00Z`
  static String of(Certificate certificate) {
    String subject = certificate.subject().value();
    return "%s (%s), until %s"
        .formatted(
            subject.isEmpty() ? "without a subject" : subject,
            certificate.fingerprint().shortText(),
            certificate.validity().notAfter());
  }
}
