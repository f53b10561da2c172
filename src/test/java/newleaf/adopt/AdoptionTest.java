package newleaf.adopt;

import static newleaf.adopt.Found.NOW;
import static newleaf.adopt.Found.filter;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Subject;
import newleaf.cert.ToolCertificates;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import newleaf.observed.WorkloadKind;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

/// What becomes of what tcld, certstrap and others left behind.
class AdoptionTest {
  private final Found found = new Found();

  private static Fingerprint fingerprint(HeldCertificate ca) {
    return Fingerprint.of(ca.certificate());
  }

  @Test
  void oneNamespaceWithOneCaAndItsWorkersIsTakenOverWhole() {
    HeldCertificate ca = found.year.certstrapCa("Payments CA");
    found
        .namespace("payments", List.of(ca), filter("payments*"))
        .secret("tls", found.year.certstrapLeaf(ca, "payments.worker"))
        .deployment("worker", "tls");
    Desired desired = found.desired();
    CaSpec spec = desired.cas().getFirst();
    assertThat(spec.name()).isEqualTo("payments-ca");
    assertThat(spec.adopted()).containsExactly(fingerprint(ca));
    assertThat(spec.profile().subject())
        .isEqualTo(new Subject("Payments CA", Optional.empty(), Optional.empty()));
    assertThat(spec.profile().key().text()).isEqualTo("rsa-4096");
    assertThat(spec.profile().validity()).isEqualTo(Duration.ofDays(365));
    assertThat(desired.namespaces().getFirst().filters()).contains(List.of(filter("payments*")));
    assertThat(desired.workers())
        .singleElement()
        .satisfies(w -> {
          assertThat(w.namespace()).isEqualTo("payments.acme1");
          assertThat(w.place()).isEqualTo(new LeafPlace.Secret("apps", "tls"));
          assertThat(w.workload()).contains(WorkerRef.deployment("apps", "worker"));
        });
    assertThat(found.plan().isEmpty()).isTrue();
    assertThat(found.adopted().left()).isEmpty();
  }

  @Test
  void statefulSetsDaemonSetsAndRolloutsBecomeWorkersToo() {
    for (WorkloadKind kind : WorkloadKind.values()) {
      Found world = new Found();
      HeldCertificate ca = world.year.tcldCa("acme");
      world
          .namespace("aa", List.of(ca))
          .secret("tls", world.year.tcldLeaf(ca, "acme", Optional.of("w")))
          .workload(kind, "worker", Optional.empty(), "tls");
      assertThat(world.desired().workers())
          .singleElement()
          .satisfies(w -> assertThat(w.workload()).contains(new WorkerRef(kind, "apps", "worker")));
      assertThat(world.plan().isEmpty()).isTrue();
    }
  }

  @Test
  void casOfOneSubjectGetNamesThatTellThemApart() {
    found.namespace(
        "aa",
        List.of(found.year.tcldCa("acme"), found.year.tcldCa("acme"), found.year.tcldCa("ACME")));
    assertThat(found.desired().cas())
        .extracting(CaSpec::name, ca -> ca.profile().subject().commonName())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("acme", "acme CA"),
            org.assertj.core.groups.Tuple.tuple("acme-2", "acme CA 2"),
            org.assertj.core.groups.Tuple.tuple("acme-3", "ACME CA 3"));
    assertThat(found.yaml()).contains("has the subject of acme-2, acme-3 and another key");
    assertThat(found.plan().isEmpty()).isTrue();
  }

  @Test
  void nextGenerationsAreNotNamedAsOnesThatAreThere() {
    HeldCertificate ca = found.year.certstrapCa("Booking CA G1");
    found
        .namespace("aa", List.of(ca))
        .secret("tls", found.year.bareLeaf(ca, new X500Name("CN=Booking CA 2")))
        .deployment("worker", "tls");
    assertThat(found.desired().cas().getFirst().profile().commonName(1))
        .isEqualTo("Booking CA 3 G1");
  }

  @Test
  void chainIsOneCaWhoseIntermediatesGoBeforeTheRoot() {
    HeldCertificate root = found.year.bareCa(new X500Name("CN=Root"));
    HeldCertificate issuing = found.year.intermediate(root, "Issuing");
    found
        .namespace("aa", List.of(root, issuing))
        .secret("tls", found.year.bareLeaf(issuing, new X500Name("CN=worker")))
        .deployment("worker", "tls");
    assertThat(found.desired().cas())
        .singleElement()
        .satisfies(ca ->
            assertThat(ca.adopted()).containsExactly(fingerprint(issuing), fingerprint(root)));
    assertThat(found.plan().isEmpty()).isTrue();
    Plan later = found.plan(found.retiringAfterVerify(), NOW.plus(Duration.ofDays(250)));
    assertThat(later.steps())
        .filteredOn(s -> s.action() instanceof Action.RetireCa)
        .extracting(s -> ((Action.RetireCa) s.action()).certificate().fingerprint())
        .containsExactly(fingerprint(issuing), fingerprint(root));
  }

  @Test
  void renewedCopiesOfACaAreOneCa() {
    HeldCertificate old = found.year.tcldCa("acme");
    HeldCertificate renewed =
        new ToolCertificates(NOW.minus(Duration.ofDays(1)), Duration.ofDays(365)).renewed(old);
    found
        .namespace("aa", List.of(renewed))
        .namespace("bb", List.of(old), filter("bb"))
        .secret("tls", found.year.tcldLeaf(old, "acme", Optional.of("worker")))
        .deployment("worker", "tls");
    assertThat(found.desired().cas())
        .singleElement()
        .satisfies(ca -> assertThat(ca.adopted()).hasSize(2));
    assertThat(found.desired().workers().getFirst().namespace()).isEqualTo("aa.acme1");
    assertThat(found.plan().isEmpty()).isTrue();
  }

  @Test
  void leafThatGetsInTwiceStaysAClientThatKeepsTheOldCa() {
    HeldCertificate ca = found.year.tcldCa("acme");
    found
        .namespace("aa", List.of(ca))
        .namespace("bb", List.of(ca))
        .secret("tls", found.year.tcldLeaf(ca, "acme", Optional.empty()))
        .deployment("worker", "tls");
    assertThat(found.yaml())
        .contains("its leaf gets into 2 namespaces (aa.acme1, bb.acme1), and newleaf can not tell");
    assertThat(found.desired().workers()).isEmpty();
    Plan later = found.plan(found.retiringAfterVerify(), NOW.plus(Duration.ofDays(250)));
    assertThat(later.gates()).anyMatch(g -> g.id().startsWith("clients/ca/acme-"));
  }

  @Test
  void whoeverNewleafCouldNotMoveSaysWhy() {
    HeldCertificate ca = found.year.tcldCa("acme");
    found
        .namespace("aa", List.of(ca))
        .secret("alone", leaf(ca, "1"))
        .secret(
            "pkcs1",
            leaf(ca, "2"),
            Optional.of("tls.key: the key is in PKCS#1 form."),
            Optional.empty())
        .secret("owned", leaf(ca, "3"), Optional.empty(), Optional.of("cert-manager Certificate x"))
        .secret("one", leaf(ca, "4"))
        .secret("two", leaf(ca, "5"))
        .deployment("d-pkcs1", "pkcs1")
        .deployment("d-owned", "owned")
        .deployment("d-both", "one", "two")
        .job("set", "set")
        .secret("operated", leaf(ca, "7"))
        .workload(WorkloadKind.STATEFUL_SET, "d-operated", Optional.of("Operator x"), "operated");
    found.secret("set", leaf(ca, "6")).deployment("d-set", "set");
    assertThat(found.adopted().clients())
        .extracting(c -> c.holder() + " " + c.why())
        .containsExactly(
            "deployment/apps/d-both secret/apps/one: mounts 2 Secrets with leaves; one is possible",
            "deployment/apps/d-both secret/apps/two: mounts 2 Secrets with leaves; one is possible",
            "deployment/apps/d-owned secret/apps/owned: it belongs to cert-manager Certificate x,"
                + " which writes it back",
            "deployment/apps/d-pkcs1 secret/apps/pkcs1: tls.key: the key is in PKCS#1 form. newleaf"
                + " would replace the leaf at once",
            "statefulset/apps/d-operated secret/apps/operated: the workload belongs to Operator x,"
                + " which writes it back",
            "job/apps/set secret/apps/set: newleaf does not restart a job",
            "secret/apps/alone nothing in the cluster mounts it, so newleaf can not tell who loads"
                + " it");
    assertThat(found.adopted().workers()).hasSize(1);
    assertThat(found.plan().isEmpty()).isTrue();
  }

  private HeldCertificate leaf(HeldCertificate ca, String name) {
    return found.year.tcldLeaf(ca, "acme", Optional.of(name));
  }

  @Test
  void leafWhoseSuccessorWouldPassNoFilterIsNoWorker() {
    HeldCertificate ca = found.year.bareCa(new X500Name("CN=CA"));
    found
        .namespace("aa", List.of(ca), filter("Tab\there"))
        .secret("tls", found.year.bareLeaf(ca, new X500Name("CN=Tab\there")))
        .deployment("worker", "tls");
    assertThat(found.yaml())
        .contains("newleaf would issue CN=tls, which no filter of namespace aa.acme1 lets in")
        .contains("its certificate filters can not be written down as they are");
    assertThat(found.desired().namespaces().getFirst().filters()).isEmpty();
    assertThat(found.plan().isEmpty()).isTrue();
  }

  @Test
  void expiredOnesAreSpokenOfAndNotAdopted() {
    HeldCertificate old = found.over.tcldCa("old");
    HeldCertificate ca = found.year.tcldCa("acme");
    found
        .namespace("aa", List.of(old, ca))
        .namespace("bb", List.of(old))
        .secret("over", found.over.tcldLeaf(ca, "acme", Optional.of("x")))
        .deployment("worker", "over");
    assertThat(found.desired().cas()).hasSize(1);
    assertThat(found.desired().leaves()).isEmpty();
    assertThat(found.yaml())
        .contains("also accepts what has expired; the next CA that newleaf adds drops it: O=old")
        .contains("# not imported: namespace/bb.acme1: every CA it accepts has expired: O=old")
        .contains("# not imported: secret/apps/over: its leaf has expired: CN=x,OU=,O=acme");
    assertThat(found.plan().isEmpty()).isTrue();
  }

  @Test
  void bundleThatIsFullLeavesRoomForTheNextGenerationOfOne() {
    List<HeldCertificate> cas = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      cas.add(found.year.bareCa(new X500Name("CN=CA " + i)));
    }
    found
        .namespace("aa", cas)
        .secret("tls", found.year.bareLeaf(cas.getLast(), new X500Name("CN=worker")))
        .deployment("worker", "tls");
    assertThat(found.desired().namespaces().getFirst().cas()).hasSize(15);
    assertThat(found.yaml())
        .contains("accepts 16 CAs", "the CA of its leaf is left out of namespace aa.acme1");
    assertThat(found.plan().isEmpty()).isTrue();
  }

  @Test
  void nothingIsDueTodayHoweverSoonItEnds() {
    for (long hours : new long[] {2, 5, 26, 24 * 9, 24 * 100}) {
      Found soon = new Found();
      ToolCertificates ending =
          new ToolCertificates(
              NOW.plus(Duration.ofHours(hours)).minus(Duration.ofDays(365)), Duration.ofDays(365));
      HeldCertificate ca = ending.tcldCa("acme");
      soon.namespace("aa", List.of(ca))
          .secret("tls", ending.tcldLeaf(ca, "acme", Optional.empty()))
          .deployment("worker", "tls");
      assertThat(soon.plan().isEmpty()).as("%d hours left", hours).isTrue();
      assertThat(soon.yaml()).contains("ends so soon that renewBefore is short");
    }
  }

  @Test
  void subjectCanNotBreakOutOfItsComment() {
    String evil = "x\nworkers: {}\r\u2028\u202e# \u0000 \"\\";
    HeldCertificate ca =
        found.year.bareCa(
            new org.bouncycastle.asn1.x500.X500NameBuilder()
                .addRDN(
                    org.bouncycastle.asn1.x500.style.BCStyle.CN,
                    new org.bouncycastle.asn1.DERUTF8String(evil))
                .build());
    found.namespace("aa", List.of(ca));
    assertThat(found.yaml().lines().filter(l -> l.startsWith("workers"))).isEmpty();
    assertThat(found.yaml()).contains("x\\nworkers: {}\\r\\u{2028}\\u{202e}");
    CaSpec spec = found.desired().cas().getFirst();
    assertThat(spec.name()).isEqualTo("x-workers");
    assertThat(spec.profile().subject().commonName()).isEqualTo("x-workers CA");
    assertThat(Certificate.of(ca.certificate()).subject().commonName()).contains(evil);
  }
}
