package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import newleaf.Problem;
import newleaf.cert.Fingerprint;
import org.junit.jupiter.api.Test;

/// What the parts of a file mean together.
class CrossRulesTest {

  @Test
  void unknownNamesAreRefusedWithTheNearestOne() {
    Problem ca = only(Booking.with("ca: booking", "ca: bokking"));
    assertPlace(ca, "15:9 NL1040");
    assertThat(ca.what()).isEqualTo("leaf.ca is `bokking`, but the file has no such ca.");
    assertThat(ca.fix()).isEqualTo("Did you mean booking?");
    Problem leaf = only(Booking.with("    leaf: worker", "    leaf: zzz"));
    assertPlace(leaf, "21:11 NL1040");
    assertThat(leaf.fix()).isEqualTo("Declare it, or name a leaf that is there.");
    Problem namespace =
        only(Booking.with("namespace: temporal-booking", "namespace: temporal-boking"));
    assertPlace(namespace, "22:16 NL1040");
    assertThat(namespace.fix()).isEqualTo("Did you mean temporal-booking.sdvdw?");
  }

  @Test
  void aNameWhoseThingHasProblemsIsKnownAllTheSame() {
    assertPlace(only(Booking.with("validity: 365d", "validity: soon")), "6:15 NL1021");
  }

  @Test
  void renewBeforeIsShorterThanTheValidity() {
    assertPlace(only(Booking.with("renewBefore: 10d", "renewBefore: 30d")), "18:18 NL1013");
    String second = Booking.with("validity: 30d\n    renewBefore: 10d", "validity: 1s");
    assertPlace(only(second), "14:3 NL1013");
    Problem ca = only(Booking.with("renewBefore: 60d", "renewBefore: 366d"));
    assertPlace(ca, "7:18 NL1013");
    assertThat(ca.what())
        .isEqualTo(
            "ca.renewBefore is 366d but ca.validity is 365d; each generation would be due the"
                + " moment it is issued.");
  }

  @Test
  void aLeafIsNotValidLongerThanItsCa() {
    Problem problem = only(Booking.with("validity: 30d", "validity: 366d"));
    assertPlace(problem, "17:15 NL1041");
    assertThat(problem.fix()).isEqualTo("Set it to at most 365d.");
    assertThat(Booking.read(Booking.with("validity: 30d", "validity: 365d")).leaves()).hasSize(1);
  }

  @Test
  void aLeafThatItsCaCutsShortIsNotDueAtOnce() {
    Problem problem = only(Booking.with("renewBefore: 60d", "renewBefore: 10d"));
    assertPlace(problem, "18:18 NL1042");
    assertThat(problem.what())
        .isEqualTo(
            "leaf.renewBefore is 10d but ca booking has renewBefore 10d; a leaf issued just before"
                + " the CA is replaced is cut to that, and would be due at once.");
    assertThat(Booking.read(Booking.with("renewBefore: 60d", "renewBefore: 11d")).cas()).hasSize(1);
  }

  @Test
  void adoptedCertificatesAreFingerprintsAndEachBelongsToOneCa() {
    String first = "a1".repeat(32);
    String second = "b2".repeat(32);
    String adopt = "renewBefore: 60d\n    adopt: [%s, %s]".formatted(first, second);
    String yaml = Booking.with("renewBefore: 60d", adopt);
    assertThat(Booking.read(yaml).cas().getFirst().adopted())
        .containsExactly(new Fingerprint(first), new Fingerprint(second));
    Problem form = only(yaml.replace(second, "B2".repeat(32)));
    assertPlace(form, "8:79 NL1080");
    assertThat(form.fix()).contains("64 lower-case hex digits");
    assertPlace(only(yaml.replace(second, first)), "8:79 NL1033");
    String other =
        "  other: {subject: {commonName: Other}, validity: 90d, keys: {directory: k}, adopt: [%s]}\n"
            .formatted(first);
    Problem twice = only(yaml.replace("namespaces:\n", other + "namespaces:\n"));
    assertThat(twice.code()).isEqualTo("NL1081");
    assertThat(twice.what())
        .isEqualTo(
            "ca other adopts the certificate a1a1a1a1, which ca booking has adopted; both would"
                + " retire it.");
  }

  @Test
  void theOldCaOutlivesTheSoak() {
    Problem problem = only(Booking.with("renewBefore: 60d", "renewBefore: 60d\n    soak: 60d"));
    assertPlace(problem, "8:11 NL1043");
    assertThat(problem.what())
        .isEqualTo(
            "ca.soak is 60d but ca.renewBefore is 60d; the old CA would expire during the soak.");
  }

  @Test
  void aWorkersNamespaceAcceptsTheCaOfItsLeaf() {
    String yaml =
        Booking.YAML
            .replace(
                "namespaces:\n",
                """
                  other: {subject: {commonName: Other CA}, validity: 90d, keys: {directory: k}}
                namespaces:
                """)
            .replace("ca: booking", "ca: other");
    Problem problem = only(yaml);
    assertPlace(problem, "22:11 NL1044");
    assertThat(problem.what())
        .isEqualTo(
            "leaf worker comes from ca other, which namespace temporal-booking.sdvdw does not"
                + " accept; the workers would be locked out.");
  }

  @Test
  void someFilterOfTheNamespaceLetsTheLeafIn() {
    Problem problem = only(Booking.with("[{commonName: temporal-booking.", "[{commonName: other."));
    assertPlace(problem, "21:11 NL1045");
    assertThat(problem.fix()).isEqualTo("Add a filter for it to the namespace.");
  }

  @Test
  void filtersLookAtEveryFieldOfTheLeafAsTemporalCloudDoes() {
    String subject = "subject: {commonName: temporal-booking.sdvdw}\n";
    String full =
        Booking.with(
            subject,
            """
            subject: {commonName: 'a, b+c="d"', organization: O, organizationalUnit: U}
                dnsNames: [w.example.com]
            """);
    String old = "{commonName: temporal-booking.sdvdw}]";
    for (String fits :
        List.of(
            "{commonName: 'A, B+C=\"D\"', organization: o, organizationalUnit: u}",
            "{subjectAlternativeName: '*.example.com'}",
            "{organization: x}, {organizationalUnit: U*}")) {
      assertThat(Booking.read(full.replace(old, fits + "]")).workers()).as(fits).hasSize(1);
    }
    for (String misses :
        List.of("{commonName: 'a*', organization: P}", "{subjectAlternativeName: example.com}")) {
      assertThat(only(full.replace(old, misses + "]")).code()).as(misses).isEqualTo("NL1045");
    }
  }

  @Test
  void secretAndDeploymentAreInOneKubernetesNamespace() {
    Problem problem = only(Booking.with("secret: booking/tls", "secret: billing/tls"));
    assertPlace(problem, "23:13 NL1039");
    assertThat(problem.fix()).isEqualTo("Put the secret into booking.");
  }

  @Test
  void onePlaceHoldsOneLeaf() {
    String subject = "{commonName: temporal-booking.sdvdw}";
    String second = "  other: {ca: booking, subject: " + subject + ", validity: 30d}\nworkers:\n";
    String two = Booking.with("workers:\n", second);
    assertPlace(only(two + "clients:\n  c: {leaf: other, secret: booking/tls}\n"), "27:28 NL1046");
    assertThat(Booking.read(two + "clients:\n  c: {leaf: worker, secret: booking/tls}\n").clients())
        .hasSize(1);
    String folders =
        """
        clients:
          a: {leaf: worker, directory: certs}
          b: {leaf: other, directory: ./certs/}
        """;
    Problem problem = only(two + folders);
    assertPlace(problem, "28:31 NL1046");
    assertThat(problem.what())
        .isEqualTo(
            "directory/./certs/ is to hold leaf other here but leaf worker above; each would"
                + " replace the other.");
  }

  @Test
  void casHaveSubjectsOfTheirOwn() {
    Problem problem =
        only(
            Booking.with(
                "namespaces:\n",
                """
                  two:
                    subject: {commonName: booking ca, organization: TEMPORAL}
                    validity: 90d
                    keys: {directory: keys}
                namespaces:
                """));
    assertPlace(problem, "10:14 NL1047");
    assertThat(problem.what())
        .isEqualTo(
            "ca two has the common name and organization of ca booking; their generations could"
                + " not be told apart.");
  }

  @Test
  void aLeafIsNotNamedAsAnyGenerationOfACa() {
    for (String name : List.of("Booking CA", "booking ca g2", "Booking CA G12")) {
      String yaml =
          Booking.with(
              "workers:\n",
              "  x: {ca: booking, subject: {commonName: "
                  + name
                  + ", organization: Temporal}, validity: 30d}\nworkers:\n");
      assertPlace(only(yaml), "19:29 NL1048");
    }
    String other =
        "  x: {ca: booking, subject: {commonName: Booking CA G2}, validity: 30d}\nworkers:\n";
    assertThat(Booking.read(Booking.with("workers:\n", other)).leaves()).hasSize(2);
  }

  private static void assertPlace(Problem problem, String place) {
    assertThat(Booking.places(List.of(problem))).containsExactly(place);
  }

  private static Problem only(String yaml) {
    List<Problem> problems = Booking.problems(yaml);
    assertThat(Booking.places(problems)).as("%s", problems).hasSize(1);
    return problems.getFirst();
  }
}
