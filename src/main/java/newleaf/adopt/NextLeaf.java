package newleaf.adopt;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import newleaf.cert.Certificate;
import newleaf.cert.DistinguishedName;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.cert.Validity;

/// The leaf that newleaf would issue after one that is there.
record NextLeaf(Certificate found, Subject subject, KeyAlgorithm key, List<String> dnsNames) {
  private static final int DNS_NAME = 2;

  /// @param otherwise the common name for a leaf that names nobody
  static NextLeaf of(X509Certificate leaf, String otherwise) {
    Certificate found = Certificate.of(leaf);
    List<String> dnsNames = dnsNames(leaf);
    return new NextLeaf(
        found,
        Subjects.ofLeaf(found.subject(), dnsNames, otherwise),
        Keys.algorithm(found.key()).orElse(KeyAlgorithm.EC_P256),
        dnsNames);
  }

  private static List<String> dnsNames(X509Certificate leaf) {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(n -> n.getFirst().equals(DNS_NAME))
              .map(n -> String.valueOf(n.get(1)).toLowerCase(Locale.ROOT))
              .filter(Expressible::isDnsName)
              .distinct()
              .toList();
    } catch (CertificateParsingException _) {
      return List.of(); // names that nobody can read match no filter either
    }
  }

  LeafProfile profile(Duration validity) {
    return new LeafProfile(subject, key, validity, dnsNames);
  }

  /// As filters will see it.
  Certificate specimen() {
    DistinguishedName name = new DistinguishedName(subject.text());
    Validity any = new Validity(Instant.EPOCH, Instant.EPOCH);
    return new Certificate(found.fingerprint(), name, name, any, dnsNames, key.text(), false);
  }

  /// In what the next leaf will differ.
  List<String> remarks(Adopted.Lifetime lifetime, Instant asOf) {
    List<String> remarks = new ArrayList<>();
    if (!new DistinguishedName(subject.text()).sameAs(found.subject())) {
      remarks.add("the next leaf will be " + subject.text());
    }
    if (!key.text().equals(found.key())) {
      remarks.add("its key is " + found.key() + ", which newleaf does not make");
    }
    if (!dnsNames.equals(found.subjectAlternativeNames())) {
      remarks.add(
          "newleaf can not write all of its alternative names: "
              + String.join(", ", found.subjectAlternativeNames()));
    }
    if (Lifetimes.endsSoon(lifetime.validity(), found.validity().notAfter(), asOf)) {
      remarks.add("ends so soon that renewBefore is short, or it would be due today");
    }
    return remarks;
  }
}
