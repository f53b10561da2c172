package newleaf.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import newleaf.cert.CertificateFilter;
import newleaf.cert.HeldCertificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;

/// Whatever stands in certificates and filters, the file can be read and plans to no changes.
/// `-Dnewleaf.seed=N` runs one account alone.
class AdoptionPropertyTest {
  private static final int ACCOUNTS = 120;
  private static final String[] PIECES = {
    "a",
    "Acme",
    "acme",
    " ",
    "  ",
    ", Inc.",
    "\"",
    "\\",
    "'",
    "#",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "*",
    "&x",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "\n",
    "\r",
    "\t",
    "\u0000",
    "\u0085",
    "\u202e",
    "\u2028",
    "\ufeff",
    "\ufffe",
    "\ue000",
    "\u0430",
    "ß",
    "漢",
    "😀",
    "=",
    "+",
    "<",
    ";",
    "~",
    "null",
    "-",
    "G1",
    " G2",
    "CA",
    ".",
    "payments",
    "007",
    "\u001b[31m",
    "0123456789".repeat(7)
  };

  @Test
  void anyAccountIsImportedToNoChanges() {
    long given = Long.getLong("newleaf.seed", 0L);
    long others = Boolean.getBoolean("newleaf.simulation") ? new Random().nextInt(1, 1 << 30) : 1;
    long first = given != 0 ? given : others;
    int clients = 0;
    int workers = 0;
    for (long seed = first; seed < first + (given != 0 ? 1 : ACCOUNTS); seed++) {
      Found found = account(new SplittableRandom(seed));
      try {
        assertThat(found.plan().isEmpty()).isTrue();
        assertThat(found.plan().applyable()).isTrue();
        clients += found.desired().clients().size();
        workers += found.desired().workers().size();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-Dnewleaf.seed=" + seed + "\n" + found.yaml(), e);
      }
    }
    assertThat(given != 0 || workers > ACCOUNTS / 20 && clients > ACCOUNTS / 20).isTrue();
  }

  private static Found account(SplittableRandom random) {
    Found found = new Found();
    List<HeldCertificate> cas = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      cas.add(found.year.bareCa(name(random)));
      if (random.nextInt(4) == 0) {
        cas.add(found.year.renewed(cas.getLast()));
      }
      if (random.nextInt(4) == 0) {
        cas.add(found.year.intermediate(cas.getLast(), text(random)));
      }
    }
    found.namespace("always", cas);
    for (int i = random.nextInt(3); i > 0; i--) {
      List<HeldCertificate> bundle = new ArrayList<>(cas);
      bundle.removeIf(_ -> random.nextBoolean());
      found.namespace("ns-" + i, bundle, filters(random));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      HeldCertificate ca = cas.get(random.nextInt(cas.size()));
      found.secret("tls-" + i, found.year.bareLeaf(ca, name(random)));
      found.deployment("worker-" + i, "tls-" + i);
    }
    return found;
  }

  private static CertificateFilter[] filters(SplittableRandom random) {
    CertificateFilter[] filters = new CertificateFilter[random.nextInt(3)];
    for (int i = 0; i < filters.length; i++) {
      filters[i] =
          new CertificateFilter(
              maybe(random), maybe(random), maybe(random), Optional.of(text(random)));
    }
    return filters;
  }

  private static Optional<String> maybe(SplittableRandom random) {
    return random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
  }

  private static X500Name name(SplittableRandom random) {
    X500NameBuilder name = new X500NameBuilder();
    for (ASN1ObjectIdentifier type :
        List.of(BCStyle.O, BCStyle.OU, BCStyle.CN, BCStyle.CN, BCStyle.DC, BCStyle.C)) {
      if (random.nextBoolean()) {
        name.addRDN(type, new DERUTF8String(text(random)));
      }
    }
    X500Name built = name.build();
    return built.getRDNs().length > 0 ? built : name.addRDN(BCStyle.O, "nobody").build();
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
