package newleaf.adopt;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Fingerprint;
import newleaf.observed.Observer;

/// All CAs of the account, and whose leaf is whose.
final class Authorities {
  private final List<Authority> all;
  private final Map<Fingerprint, Authority> byMember = new HashMap<>();
  private final Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();

  private Authorities(List<Authority> all) {
    this.all = all;
    for (Authority authority : all) {
      for (X509Certificate member : authority.members()) {
        byMember.put(Fingerprint.of(member), authority);
        bySubject
            .computeIfAbsent(member.getSubjectX500Principal(), _ -> new ArrayList<>())
            .add(member);
      }
    }
  }

  static Authorities of(List<Space> spaces, Instant asOf) {
    Names names = new Names();
    return new Authorities(
        Chains.of(spaces.stream().map(Space::cas).toList()).stream()
            .map(members -> Authority.of(name(names, members), members, asOf))
            .toList());
  }

  private static String name(Names names, List<X509Certificate> members) {
    DistinguishedName subject = Authority.model(members).subject();
    return names.of(
        subject.commonName().map(Subjects::withoutGeneration).or(subject::organization).orElse(""),
        "ca");
  }

  List<Authority> all() {
    return all;
  }

  Authority ofMember(X509Certificate ca) {
    return byMember.get(Fingerprint.of(ca));
  }

  Optional<Authority> issuerOf(X509Certificate leaf) {
    List<X509Certificate> named = bySubject.getOrDefault(leaf.getIssuerX500Principal(), List.of());
    return Observer.among(named).of(leaf).map(byMember::get);
  }

  /// Other accepted CAs with the same subject and another key.
  List<String> namesakes(Authority of) {
    return bySubject.get(of.members().getLast().getSubjectX500Principal()).stream()
        .map(this::ofMember)
        .filter(other -> !other.name().equals(of.name()))
        .map(Authority::name)
        .distinct()
        .toList();
  }
}
