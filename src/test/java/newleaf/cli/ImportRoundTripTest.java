package newleaf.cli;

import static newleaf.cli.ImportWorld.commonName;
import static newleaf.cli.ImportWorld.organization;
import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import newleaf.cert.CertificateFilter;
import newleaf.cert.HeldCertificate;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fifty namespaces whose certificates tcld, certstrap and old scripts made, through the command
/// line and real gRPC and HTTP. `-Dnewleaf.seed=N` makes another account.
class ImportRoundTripTest {
  private static final int NAMESPACES = 50;

  @TempDir Path folder;

  private final Map<String, List<CertificateFilterSpec>> filters = new TreeMap<>();
  private int withoutMtls;
  private int allExpired;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatIsImportedPlansToNoChangesAndNothingWasTouched(long given) throws IOException {
    SplittableRandom random = new SplittableRandom(Long.getLong("newleaf.seed", given));
    try (ImportWorld world = new ImportWorld()) {
      populate(world, random);
      Map<String, String> before = versions(world);
      Captured imported = world.importing(folder, "--out", "imported.yaml");
      assertThat(imported.exit()).as(imported.all()).isZero();
      Captured plan = world.planning(folder);
      assertThat(plan.exit()).as(plan.all()).isZero();
      assertThat(plan.out()).contains("No changes.");
      assertThat(versions(world)).isEqualTo(before);
      checkFile(imported);
    }
  }

  private void checkFile(Captured imported) throws IOException {
    byte[] yaml = Files.readAllBytes(folder.resolve("imported.yaml"));
    Desired desired = DesiredYaml.read("imported.yaml", yaml);
    assertThat(desired.namespaces()).hasSize(NAMESPACES - withoutMtls - allExpired);
    desired
        .namespaces()
        .forEach(n ->
            assertThat(n.filters().orElseThrow().stream().map(CertificateFilter::text))
                .isEqualTo(filters.get(n.name()).stream().map(ImportRoundTripTest::text).toList()));
    assertThat(desired.workers()).hasSizeGreaterThan(20);
    assertThat(imported.err()).contains("mTLS is off", "also accepts what has expired");
    System.out.printf(
        "ImportRoundTripTest: %d namespaces, %d CAs, %d leaves, %d workers, %d clients%n",
        desired.namespaces().size(),
        desired.cas().size(),
        desired.leaves().size(),
        desired.workers().size(),
        desired.clients().size());
  }

  private static String text(CertificateFilterSpec spec) {
    return new CertificateFilter(
            given(spec.getCommonName()),
            given(spec.getOrganization()),
            given(spec.getOrganizationalUnit()),
            given(spec.getSubjectAlternativeName()))
        .text();
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Map<String, String> versions(ImportWorld world) {
    Map<String, String> versions = new TreeMap<>();
    for (int i = 0; i < NAMESPACES; i++) {
      Namespace namespace = world.emulator().account().namespace(full(i)).orElseThrow();
      versions.put(namespace.getNamespace(), namespace.getResourceVersion());
    }
    return versions;
  }

  private static String full(int i) {
    return "ns-" + i + "." + ImportWorld.ACCOUNT;
  }

  /// How a CA makes leaves.
  private record Maker(HeldCertificate ca, Kind kind) {
    enum Kind {
      TCLD,
      CERTSTRAP,
      BARE
    }

    HeldCertificate leaf(ImportWorld world, String commonName) {
      return switch (kind) {
        case TCLD -> world.year.tcldLeaf(ca, "acme", Optional.of(commonName));
        case CERTSTRAP -> world.year.certstrapLeaf(ca, commonName);
        case BARE ->
            world.year.bareLeaf(
                ca, ImportWorld.name("CN=" + commonName + ",OU=Payments,O=Foo\\, Inc.,C=DE"));
      };
    }
  }

  private void populate(ImportWorld world, SplittableRandom random) {
    List<Maker> shared = makers(world, random);
    for (int i = 0; i < NAMESPACES; i++) {
      if (i % 13 == 5) {
        withoutMtls++;
        world.namespace("ns-" + i, List.of());
      } else if (i % 17 == 7) {
        allExpired++;
        world.namespace("ns-" + i, List.of(world.over.tcldCa("acme")));
      } else {
        namespace(world, random, shared, i);
      }
    }
    stranger(world);
  }

  private static List<Maker> makers(ImportWorld world, SplittableRandom random) {
    List<Maker> makers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      makers.add(new Maker(world.year.tcldCa(i < 4 ? "acme" : "team " + i), Maker.Kind.TCLD));
    }
    for (String name : List.of("Temporal CA", "temporal  ca", "Booking CA G2", "Große Straße")) {
      makers.add(new Maker(world.year.certstrapCa(name), Maker.Kind.CERTSTRAP));
    }
    makers.add(new Maker(world.ending.tcldCa("ending soon"), Maker.Kind.TCLD));
    String odd = "CN=odd \"quoted\\\" \u0430cme # {x}: ";
    makers.add(
        new Maker(
            world.year.bareCa(ImportWorld.name(odd + random.nextInt(9) + ",O=Foo\\, Inc.")),
            Maker.Kind.BARE));
    return makers;
  }

  private void namespace(
      ImportWorld world, SplittableRandom random, List<Maker> shared, int number) {
    List<Maker> makers = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      makers.add(shared.get(random.nextInt(shared.size())));
    }
    if (random.nextInt(3) == 0) {
      makers.add(new Maker(world.year.tcldCa("own-" + number), Maker.Kind.TCLD));
    }
    List<HeldCertificate> bundle =
        new ArrayList<>(makers.stream().map(Maker::ca).distinct().toList());
    if (number % 10 == 1) {
      bundle.add(world.over.certstrapCa("Long gone " + number));
    }
    if (number % 10 == 2) {
      HeldCertificate root = world.year.bareCa(ImportWorld.name("CN=Root " + number));
      HeldCertificate issuing = world.year.intermediate(root, "Issuing " + number);
      bundle.add(root);
      bundle.add(issuing);
      makers.add(new Maker(issuing, Maker.Kind.BARE));
    }
    CertificateFilterSpec[] wanted = filters(random, number);
    String name = world.namespace("ns-" + number, bundle, wanted);
    filters.put(name, List.of(wanted));
    holders(world, random, makers.get(random.nextInt(makers.size())), number);
  }

  /// None, or up to 25 of which one fits the leaves of this namespace.
  private static CertificateFilterSpec[] filters(SplittableRandom random, int number) {
    int count = random.nextInt(4) == 0 ? 0 : random.nextInt(1, 26);
    List<CertificateFilterSpec> filters = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      filters.add(
          switch (i % 4) {
            case 0 -> organization("Org " + i + "*");
            case 1 -> commonName("*.other-" + number + "-" + i);
            case 2 ->
                CertificateFilterSpec.newBuilder()
                    .setCommonName("both-" + number + "-" + i)
                    .setOrganizationalUnit("unit \"" + i + "\"")
                    .build();
            default ->
                CertificateFilterSpec.newBuilder()
                    .setSubjectAlternativeName("*.svc-" + number + "-" + i)
                    .build();
          });
    }
    if (count > 0) {
      filters.add(random.nextInt(filters.size() + 1), commonName("WORKER-" + number + ".*"));
    }
    return filters.toArray(CertificateFilterSpec[]::new);
  }

  /// One to three Secrets, each with none to two Deployments.
  private static void holders(ImportWorld world, SplittableRandom random, Maker maker, int number) {
    for (int s = 0; s < random.nextInt(1, 3); s++) {
      String secret = "tls-" + number + "-" + s;
      world.secret(secret, maker.leaf(world, "worker-" + number + "." + s));
      for (int d = 0; d < random.nextInt(1, 4) - (s == 1 ? 1 : 0); d++) {
        world.deployment("worker-" + number + "-" + s + "-" + d, secret);
      }
    }
  }

  private static void stranger(ImportWorld world) {
    HeldCertificate ca = world.year.tcldCa("ingress");
    world.secret("ingress", world.year.tcldLeaf(ca, "ingress", Optional.empty()));
    world.deployment("ingress", "ingress");
  }
}
