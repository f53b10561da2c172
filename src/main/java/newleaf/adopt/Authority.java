package newleaf.adopt;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import newleaf.cert.Certificate;
import newleaf.cert.Validity;

/// One CA, as the file will speak of it.
///
/// @param members issued ones before their issuers
record Authority(String name, List<X509Certificate> members, Adopted.Lifetime lifetime) {

  static Authority of(String name, List<X509Certificate> members, Instant asOf) {
    List<Validity> all = members.stream().map(m -> Certificate.of(m).validity()).toList();
    Instant first = all.stream().map(Validity::notAfter).min(Comparator.naturalOrder()).get();
    return new Authority(name, members, Lifetimes.ofCa(all.getLast(), first, asOf));
  }

  /// The one whose subject and key the next generations take after.
  Certificate model() {
    return model(members);
  }

  static Certificate model(List<X509Certificate> members) {
    return Certificate.of(members.getLast());
  }

  boolean isAmong(List<X509Certificate> bundle) {
    return members.stream().anyMatch(bundle::contains);
  }
}
