package newleaf.emulator.cloud;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Pem;
import newleaf.cert.TrustBundle;
import newleaf.cert.Validity;
import newleaf.emulator.x509.Legibility;
import newleaf.emulator.x509.Strength;

/// What a bundle of accepted client CAs must fulfil (docs.temporal.io/cloud/certificates). All
/// problems are told at once, in the format of Go's multierror, as the service does (tcld#406).
final class BundleRules {
  /// As Go prints a time.
  private static final DateTimeFormatter GO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '+0000 UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int KEY_CERT_SIGN = 5;

  private BundleRules() {}

  /// Why the service refuses the bundle, or empty when it accepts.
  static Optional<String> violation(String pem, Instant now) {
    List<String> problems = problems(pem, now);
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    String count = problems.size() == 1 ? "1 error" : problems.size() + " errors";
    return Optional.of(
        "invalid ca certificate: " + count + " occurred:\n\t* " + String.join("\n\t* ", problems));
  }

  /// The stored form: the blocks alone, joined by one newline, none at the end.
  static String normalised(String pem) {
    return String.join("\n", Pem.certificates(pem).stream().map(c -> Pem.of(c).strip()).toList());
  }

  private static List<String> problems(String pem, Instant now) {
    int bytes = pem.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > TrustBundle.MAX_BYTES) {
      return List.of("bundle is " + bytes + " bytes, limit " + TrustBundle.MAX_BYTES);
    }
    List<X509Certificate> cas;
    try {
      cas = Pem.certificates(pem);
    } catch (IllegalArgumentException e) {
      return List.of("failed to parse certificate: " + e.getMessage());
    }
    if (cas.isEmpty() || cas.size() != pem.split("-----BEGIN ", -1).length - 1) {
      return List.of("bundle must hold PEM certificates and nothing else");
    }
    List<String> problems = new ArrayList<>();
    if (cas.size() > TrustBundle.MAX_CERTIFICATES) {
      problems.add(cas.size() + " certificates given, limit " + TrustBundle.MAX_CERTIFICATES);
    }
    cas.forEach(ca -> addProblems(problems, ca, cas, now));
    addDuplicates(problems, cas);
    return problems;
  }

  private static void addProblems(
      List<String> problems, X509Certificate ca, List<X509Certificate> bundle, Instant now) {
    String name = "certificate with subject '" + subject(ca).value() + "' received ";
    Validity validity = new Validity(ca.getNotBefore().toInstant(), ca.getNotAfter().toInstant());
    if (validity.expiredAt(now)) {
      problems.add(name + "is expired as of '" + GO_TIME.format(validity.notAfter()) + "'");
    } else if (!validity.startedAt(now)) {
      problems.add(name + "is not valid before '" + GO_TIME.format(validity.notBefore()) + "'");
    }
    Legibility.problemOf(ca).ifPresent(why -> problems.add(name + why));
    Strength.problemOf(ca).ifPresent(why -> problems.add(name + why));
    if (ca.getBasicConstraints() < 0) {
      problems.add(name + "is not a CA certificate");
    }
    boolean[] usage = ca.getKeyUsage();
    if (usage != null && !usage[KEY_CERT_SIGN]) {
      problems.add(name + "has a key usage without certificate signing");
    }
    String chain = "unable to construct full certificate chain for cert with subject '";
    chainProblem(ca, bundle, validity, now)
        .ifPresent(why -> problems.add(chain + subject(ca).value() + "'. Error: x509: " + why));
  }

  private static Optional<String> chainProblem(
      X509Certificate ca, List<X509Certificate> bundle, Validity validity, Instant now) {
    if (!validity.holdsAt(now)) {
      String when =
          validity.expiredAt(now)
              ? " is after " + validity.notAfter()
              : " is before " + validity.notBefore();
      return Optional.of("certificate has expired or is not yet valid: current time " + now + when);
    }
    // a root is issued by itself, so it needs no case of its own
    return bundle.stream().anyMatch(issuer -> issued(issuer, ca))
        ? Optional.empty()
        : Optional.of("certificate signed by unknown authority");
  }

  private static boolean issued(X509Certificate issuer, X509Certificate ca) {
    if (!Arrays.equals(
        issuer.getSubjectX500Principal().getEncoded(), ca.getIssuerX500Principal().getEncoded())) {
      return false;
    }
    try {
      ca.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false; // the name fits and the key does not: another CA of the same name
    }
  }

  private static void addDuplicates(List<String> problems, List<X509Certificate> cas) {
    for (int i = 0; i < cas.size(); i++) {
      DistinguishedName name = subject(cas.get(i));
      if (cas.subList(0, i).stream().anyMatch(earlier -> subject(earlier).sameAs(name))) {
        problems.add("more than one certificate has the subject '" + name.value() + "'");
      }
    }
  }

  private static DistinguishedName subject(X509Certificate ca) {
    return DistinguishedName.of(ca.getSubjectX500Principal());
  }
}
