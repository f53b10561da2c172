package newleaf.cert;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

class KeyIdentifiersTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private final ToolCertificates tools = new ToolCertificates(NOW, Duration.ofDays(365));

  @Test
  void leavesOfEveryToolHintAtTheirOwnCaAndAtNoNamesake() {
    HeldCertificate ca = tools.tcldCa("acme");
    HeldCertificate namesake = tools.tcldCa("acme");
    HeldCertificate leaf = tools.tcldLeaf(ca, "acme", Optional.empty());
    assertThat(KeyIdentifiers.agree(ca.certificate(), leaf.certificate())).isTrue();
    assertThat(KeyIdentifiers.agree(namesake.certificate(), leaf.certificate())).isFalse();
    HeldCertificate strap = tools.certstrapCa("Strap");
    assertThat(
            KeyIdentifiers.agree(
                strap.certificate(), tools.certstrapLeaf(strap, "x").certificate()))
        .isTrue();
  }

  @Test
  void leavesOfNewleafHintAtTheirCa() {
    Subject subject = new Subject("CA", Optional.empty(), Optional.empty());
    CertificateAuthority ca =
        CertificateAuthority.selfSigned(
            new CaProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(9)),
            1,
            NOW,
            new SecureRandom());
    LeafProfile profile =
        new LeafProfile(
            subject.withCommonName("x"), KeyAlgorithm.EC_P256, Duration.ofDays(1), List.of());
    HeldCertificate leaf = ca.issue(profile, NOW, new SecureRandom());
    assertThat(KeyIdentifiers.agree(ca.certificate(), leaf.certificate())).isTrue();
  }

  @Test
  void certificateWithoutIdentifiersHintsAtNobody() {
    HeldCertificate ca = tools.bareCa(new X500Name("CN=CA"));
    HeldCertificate leaf = tools.bareLeaf(ca, new X500Name("CN=x"));
    assertThat(KeyIdentifiers.agree(ca.certificate(), leaf.certificate())).isFalse();
    assertThat(KeyIdentifiers.agree(tools.tcldCa("a").certificate(), leaf.certificate())).isFalse();
  }
}
