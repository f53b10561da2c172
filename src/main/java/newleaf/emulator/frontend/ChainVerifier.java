package newleaf.emulator.frontend;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.DistinguishedName;
import newleaf.emulator.x509.Legibility;

/// Judges the certificates that a client shows as Temporal Cloud does: a path from the leaf over
/// the shown intermediates to an accepted client CA, then the filters. Every path is tried.
final class ChainVerifier {
  private static final int MAX_LENGTH = 10;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final List<String> CLIENT_USAGES =
      List.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0"); // clientAuth, any

  private final List<X509Certificate> shown;
  private final Trust trust;
  private final Instant now;

  private ChainVerifier(List<X509Certificate> shown, Trust trust, Instant now) {
    this.shown = shown;
    this.trust = trust;
    this.now = now;
  }

  /// @param shown leaf first, at least that
  static Verdict judge(List<X509Certificate> shown, Trust trust, Instant now) {
    ChainVerifier verifier = new ChainVerifier(shown, trust, now);
    X509Certificate leaf = shown.getFirst();
    Optional<String> problem =
        verifier
            .illegible()
            .or(() -> verifier.leafProblem(leaf))
            .or(() -> verifier.problemAbove(List.of(leaf)))
            .or(() -> verifier.filterProblem(leaf));
    return problem.<Verdict>map(Verdict.Refused::new).orElseGet(Verdict.Accepted::new);
  }

  /// What is shown is read before it is judged, even what no path needs.
  private Optional<String> illegible() {
    return shown.stream()
        .flatMap(c -> Legibility.problemOf(c).map(why -> IssuerRules.text(c) + " " + why).stream())
        .findFirst();
  }

  private Optional<String> leafProblem(X509Certificate leaf) {
    boolean[] usage = leaf.getKeyUsage();
    if (leaf.getBasicConstraints() >= 0) {
      return Optional.of(IssuerRules.text(leaf) + " is a CA certificate, not a leaf");
    }
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      return Optional.of(IssuerRules.text(leaf) + " has a key usage without digital signature");
    }
    return IssuerRules.common(leaf, now);
  }

  /// Why no path leads from the chain (leaf first) to an accepted client CA; empty when one does.
  /// Of several reasons the last one found is told.
  private Optional<String> problemAbove(List<X509Certificate> chain) {
    X509Certificate last = chain.getLast();
    String problem = noIssuerOf(last);
    for (X509Certificate issuer : issuersOf(last, trust.cas())) {
      Optional<String> found = problemUnderAnchor(issuer, chain);
      if (found.isEmpty()) {
        return found;
      }
      problem = found.get();
    }
    for (X509Certificate issuer : issuersOf(last, notYetIn(chain))) {
      Optional<String> found = problemOver(issuer, chain);
      if (found.isEmpty()) {
        return found;
      }
      problem = found.get();
    }
    return Optional.of(problem);
  }

  private String noIssuerOf(X509Certificate last) {
    String text = IssuerRules.text(last);
    return trust.cas().stream()
        .filter(ca -> IssuerRules.named(ca, last))
        .map(ca -> text + " is not signed by " + IssuerRules.text(ca))
        .findFirst()
        .orElseGet(() ->
            "no accepted client CA is named '"
                + DistinguishedName.of(last.getIssuerX500Principal()).value()
                + "', the issuer of "
                + text);
  }

  private Optional<String> problemUnderAnchor(X509Certificate ca, List<X509Certificate> chain) {
    return IssuerRules.problem(ca, chain, now).or(() -> wholeProblem(with(chain, ca)));
  }

  private Optional<String> problemOver(X509Certificate shownCa, List<X509Certificate> chain) {
    return IssuerRules.problem(shownCa, chain, now).or(() -> problemAbove(with(chain, shownCa)));
  }

  /// Shown certificates that may come next: none twice, none above a chain that is too long.
  private List<X509Certificate> notYetIn(List<X509Certificate> chain) {
    return chain.size() >= MAX_LENGTH
        ? List.of()
        : shown.stream().filter(c -> !chain.contains(c)).toList();
  }

  /// What can be said only of a chain from leaf to anchor.
  private static Optional<String> wholeProblem(List<X509Certificate> chain) {
    for (X509Certificate certificate : chain) {
      if (!forClients(certificate)) {
        return Optional.of(
            IssuerRules.text(certificate) + " has an extended key usage without client auth");
      }
    }
    return sharedName(chain)
        .or(() -> NameConstraints.problem(chain))
        .or(() -> Policies.problem(chain));
  }

  private static Optional<String> sharedName(List<X509Certificate> chain) {
    List<DistinguishedName> names =
        chain.stream().map(c -> DistinguishedName.of(c.getSubjectX500Principal())).toList();
    for (int i = 1; i < names.size(); i++) {
      DistinguishedName name = names.get(i);
      if (names.subList(0, i).stream().anyMatch(name::sameAs)) {
        return Optional.of("two certificates of the chain are named '" + name.value() + "'");
      }
    }
    return Optional.empty();
  }

  private Optional<String> filterProblem(X509Certificate leaf) {
    return CertificateFilter.anyMatches(trust.filters(), Certificate.of(leaf))
        ? Optional.empty()
        : Optional.of(IssuerRules.text(leaf) + " passes no certificate filter");
  }

  private static List<X509Certificate> issuersOf(
      X509Certificate child, List<X509Certificate> candidates) {
    return candidates.stream()
        .filter(c -> IssuerRules.named(c, child) && IssuerRules.signed(c, child))
        .toList();
  }

  private static List<X509Certificate> with(List<X509Certificate> chain, X509Certificate next) {
    List<X509Certificate> longer = new ArrayList<>(chain);
    longer.add(next);
    return List.copyOf(longer);
  }

  private static boolean forClients(X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null
          || usages.isEmpty()
          || usages.stream().anyMatch(CLIENT_USAGES::contains);
    } catch (CertificateParsingException _) {
      return false; // a usage nobody can read permits nothing
    }
  }
}
