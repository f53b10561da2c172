package newleaf.adopt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.DistinguishedName;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.TrustBundle;
import newleaf.observed.NamespaceReading;

/// Turns what is there into a desired state that asks for just that.
public final class Adoption {
  /// While a CA is replaced the old and the new one are both there.
  private static final int MAX_CAS = TrustBundle.MAX_CERTIFICATES - 1;

  private final String account;
  private final Instant asOf;
  private final List<Adopted.Left> left = new ArrayList<>();

  private Adoption(String account, Instant asOf) {
    this.account = account;
    this.asOf = asOf;
  }

  /// @param account the part after the dot in names of namespaces
  public static Adopted of(
      String account, AllNamespaces.Listing listing, Cluster cluster, Instant asOf) {
    return new Adoption(account, asOf).of(listing, cluster);
  }

  private Adopted of(AllNamespaces.Listing listing, Cluster cluster) {
    listing.unreadable().forEach((name, why) -> leave(name, why));
    List<Space> spaces =
        listing.namespaces().stream()
            .sorted(Comparator.comparing((NamespaceReading n) -> n.namespace().name()))
            .flatMap(n -> space(n).stream())
            .toList();
    Authorities authorities = Authorities.of(spaces, asOf);
    List<Adopted.Namespace> namespaces =
        spaces.stream().map(space -> namespace(space, authorities)).toList();
    Holdings holdings =
        Holdings.of(Holdings.Ground.of(spaces, namespaces, authorities, asOf), cluster);
    left.addAll(holdings.left());
    return new Adopted(
        account,
        cas(authorities, holdings.leaves()).stream()
            // adopted and listed by nobody, it would be removed from where it is accepted
            .filter(ca -> namespaces.stream().anyMatch(n -> n.cas().contains(ca.name())))
            .toList(),
        namespaces,
        holdings.leaves(),
        holdings.workers(),
        holdings.clients(),
        left);
  }

  private Optional<Space> space(NamespaceReading reading) {
    String name = reading.namespace().name();
    Space space = Space.of(reading, asOf);
    if (!reading.namespace().mtlsEnabled()) {
      leave(name, "mTLS is off, so it asks nobody for a certificate.");
    } else if (!Expressible.isNamespace(name, account)) {
      leave(name, "its name is none that newleaf knows.");
    } else if (space.cas().isEmpty()) {
      leave(name, "every CA it accepts has expired: " + texts(space.expired(asOf)));
    } else {
      return Optional.of(space);
    }
    return Optional.empty();
  }

  private void leave(String namespace, String why) {
    left.add(new Adopted.Left("namespace/" + namespace, why));
  }

  private Adopted.Namespace namespace(Space space, Authorities authorities) {
    List<String> remarks = new ArrayList<>();
    List<Certificate> expired = space.expired(asOf);
    if (!expired.isEmpty()) {
      remarks.add(
          "also accepts what has expired; the next CA that newleaf adds drops it: "
              + texts(expired));
    }
    List<String> accepted =
        space.cas().stream().map(ca -> authorities.ofMember(ca).name()).distinct().toList();
    if (accepted.size() > MAX_CAS) {
      remarks.add(
          "accepts %d CAs, and only %d leave room for the next generation of one: %s is left out"
              .formatted(accepted.size(), MAX_CAS, accepted.getLast()));
    }
    boolean clear = areExpressible(space.filters());
    if (!clear) {
      remarks.add("its certificate filters can not be written down as they are: left alone");
    }
    return new Adopted.Namespace(
        space.name(),
        accepted.subList(0, Math.min(accepted.size(), MAX_CAS)),
        clear ? Optional.of(space.filters()) : Optional.empty(),
        remarks);
  }

  private static String texts(List<Certificate> certificates) {
    return String.join("; ", certificates.stream().map(Described::of).toList());
  }

  private static boolean areExpressible(List<CertificateFilter> filters) {
    Set<String> seen = new HashSet<>();
    return filters.size() <= CertificateFilter.MAX_PER_NAMESPACE
        && filters.stream()
            .allMatch(f ->
                seen.add(f.text().toLowerCase(Locale.ROOT))
                    && !f.text().isEmpty()
                    && values(f).allMatch(Adoption::isExpressible));
  }

  private static Stream<String> values(CertificateFilter filter) {
    return Stream.of(
            filter.commonName(),
            filter.organization(),
            filter.organizationalUnit(),
            filter.subjectAlternativeName())
        .flatMap(Optional::stream);
  }

  private static boolean isExpressible(String value) {
    return Expressible.text(value, Integer.MAX_VALUE).isPresent()
        && CertificateFilter.problemOf(value).isEmpty();
  }

  private List<Adopted.Ca> cas(Authorities authorities, List<Adopted.Leaf> leaves) {
    List<DistinguishedName> accepted =
        authorities.all().stream()
            .flatMap(a -> a.members().stream())
            .map(m -> Certificate.of(m).subject())
            .toList();
    Subjects subjects =
        Subjects.besides(accepted, leaves.stream().map(l -> l.profile().subject()).toList());
    return authorities.all().stream().map(a -> ca(a, subjects, authorities)).toList();
  }

  private Adopted.Ca ca(Authority authority, Subjects subjects, Authorities authorities) {
    List<String> remarks = new ArrayList<>();
    Certificate model = authority.model();
    String key = Keys.known(model.key()).orElse(KeyAlgorithm.EC_P384.text());
    if (!key.equals(model.key())) {
      remarks.add("its key is " + model.key() + ", which newleaf does not make");
    }
    List<String> namesakes = authorities.namesakes(authority);
    if (!namesakes.isEmpty()) {
      remarks.add("has the subject of " + String.join(", ", namesakes) + " and another key");
    }
    Adopted.Lifetime lifetime = authority.lifetime();
    if (!lifetime.renewBefore().equals(Lifetimes.third(lifetime.validity()))) {
      remarks.add("ends so soon that renewBefore is short, or it would be due today");
    }
    return new Adopted.Ca(
        authority.name(),
        authority.members().stream().map(Certificate::of).toList(),
        subjects.ofCa(model.subject(), authority.name()),
        key,
        lifetime,
        remarks);
  }
}
