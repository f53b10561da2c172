package newleaf.desired;

import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;

/// An entry of `leaves:`.
final class LeafYaml {
  private LeafYaml() {}

  static LeafSpec read(String name, Section leaf, Table<CaSpec> cas) {
    leaf.knows("ca", "subject", "key", "validity", "renewBefore", "dnsNames", "notBefore");
    Lifetime lifetime = Lifetime.read(leaf, "each leaf");
    LeafProfile profile =
        new LeafProfile(
            SubjectYaml.read(leaf.section("subject"), 0),
            CaYaml.key(leaf, KeyAlgorithm.EC_P256),
            lifetime.validity(),
            leaf.texts("dnsNames", Names::dns).stream().map(Located::value).toList());
    return new LeafSpec(
        name,
        leaf.text("ca", cas).value(),
        profile,
        lifetime.renewBefore(),
        Times.read(leaf, "notBefore"),
        leaf.at());
  }
}
