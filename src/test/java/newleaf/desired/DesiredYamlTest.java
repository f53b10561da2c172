package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.Problem;
import newleaf.observed.LeafPlace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The grammar: what a single value may be.
class DesiredYamlTest {

  static List<Arguments> mistakes() {
    return List.of(
        row("validity: 365d", "validty: 365d", "4:3 NL1016", "ca has no `validity`."),
        row("account: sdvdw\n", "", "1:1 NL1016", "the file has no `account`."),
        row("account: sdvdw", "account:", "2:9 NL1017", "account has no value."),
        row("account: sdvdw", "account: ' '", "2:10 NL1017", "account has no value."),
        row("account: sdvdw", "account: null", "2:10 NL1017", "account has no value."),
        row(
            "account: sdvdw",
            "account: [sdvdw]",
            "2:10 NL1018",
            "account: a text was expected, this is a list."),
        row(
            "cas: [booking]",
            "cas: booking",
            "11:10 NL1018",
            "namespace.cas: a list was expected, `booking` is a text."),
        row(
            "cas: [booking]",
            "cas: [[booking]]",
            "11:11 NL1018",
            "an entry of namespace.cas: a text was expected, this is a list."),
        row(
            "{directory: keys}",
            "keys",
            "8:11 NL1018",
            "ca.keys: a mapping (`key: value`) was expected, `keys` is a text."),
        row("cas: [booking]", "cas: []", "11:10 NL1032", "namespace.cas has no entry"),
        row(
            "cas: [booking]",
            "cas: [booking, booking]",
            "11:20 NL1033",
            "`booking` is in this list of the namespace twice."),
        row(
            "365d\n",
            "365d\n    key: ed25519\n",
            "7:10 NL1020",
            "ca.key is `ed25519`, which is no choice."),
        row("deployment:", "restart: hard\n    deployment:", "24:14 NL1020", "worker.restart is"),
        row("account: sdvdw", "account: SDVDW", "2:10 NL1023", "account is `SDVDW`, which is no"),
        row("    leaf: worker", "    leaf: wörker", "21:11 NL1040", "worker.leaf is `wörker`"),
        row(
            "  booking:\n    leaf",
            "  bоoking:\n    leaf",
            "20:3 NL1023",
            "the name of this worker"),
        row("Booking CA,", "\"B\\u202EA\",", "5:27 NL1012", "the text has the character U+202E"),
        row("Booking CA,", "\"a\\nb\",", "5:27 NL1012", "the text has the character U+000A"),
        row("Booking CA,", "A\u200BB,", "5:27 NL1012", "U+200B ZERO WIDTH SPACE"),
        row(
            "Booking CA,",
            "B".repeat(60) + ",",
            "5:27 NL1028",
            "subject.commonName has 60 characters; X.509 has room for 64, and a generation"),
        row(
            "{commonName: temporal-booking.sdvdw}\n    validity",
            "{commonName: temporal-booking.sdvdw, organization: "
                + "o".repeat(65)
                + "}\n    validity",
            "16:65 NL1028",
            "leaf.subject.organization has 65 characters; X.509 has room for 64."),
        row("secret: booking/tls", "secret: tls", "23:13 NL1026", "worker.secret is `tls`"),
        row("secret: booking/tls", "secret: booking/a/b", "23:13 NL1026", "`booking/a/b`"),
        row("secret: booking/tls", "secret: Booking/tls", "23:13 NL1026", "`Booking/tls`"),
        row("    secret: booking/tls\n", "", "20:3 NL1037", "this worker has neither secret and"),
        row(
            "secret: booking/tls",
            "secret: booking/tls\n    directory: certs",
            "24:16 NL1037",
            "this worker has both secret and directory"),
        row("deployment: booking/worker", "restart: scale", "24:14 NL1038", "a restart but no"),
        row(
            "renewBefore: 10d\n",
            "renewBefore: 10d\n    dnsNames: [a_b]\n",
            "19:16 NL1027",
            "`a_b`"),
        row(
            "filters: [{commonName: temporal-booking.sdvdw}]",
            "filters: [{}]",
            "12:15 NL1034",
            "no field"),
        row(
            "[{commonName: temporal-booking",
            "[{commonName: t*l-booking",
            "12:28 NL1035",
            "* inside"),
        row(
            "[{commonName: temporal-booking.sdvdw}]",
            "[{commonName: t*}, {commonName: T*}]",
            "12:33 NL1033",
            "`CN=T*` is in this list"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void isRefusedAtItsPlace(String line, String instead, String place, String what) {
    List<Problem> problems = Booking.problems(Booking.with(line, instead));
    assertThat(Booking.places(problems)).contains(place);
    assertThat(problems).anySatisfy(p -> assertThat(p.what()).contains(what));
  }

  @Test
  void theRightFileIsReadWithItsDefaults() {
    Desired desired = Booking.read(Booking.YAML);
    assertThat(desired.cloud().address()).isEqualTo("saas-api.tmprl.cloud:443");
    assertThat(desired.cloud().apiKey()).isEqualTo(new SecretSource.Env("TEMPORAL_CLOUD_API_KEY"));
    CaSpec ca = desired.cas().getFirst();
    assertThat(ca.profile().key().text()).isEqualTo("ec-p384");
    assertThat(ca.passphrase()).isEqualTo(new SecretSource.Env("NEWLEAF_CA_PASSPHRASE"));
    assertThat(ca.retire()).isEqualTo(Retire.MANUAL);
    assertThat(ca.renewal()).isEqualTo(Renewal.REKEY);
    assertThat(ca.soak()).isEqualTo(Duration.ofMinutes(10));
    assertThat(desired.leaves().getFirst().profile().key().text()).isEqualTo("ec-p256");
    assertThat(desired.workers().getFirst().restart()).isEqualTo(Restart.ROLLING);
    assertThat(desired.clients()).isEmpty();
  }

  @Test
  void renewBeforeIsAThirdOfTheValidityUnlessItIsWritten() {
    Desired desired = Booking.read(Booking.with("    renewBefore: 60d\n", ""));
    assertThat(desired.cas().getFirst().renewBefore().value()).isEqualTo(Duration.ofHours(2920));
    assertThat(desired.cas().getFirst().renewBefore().source().toString()).isEqualTo("f.yaml:4:3");
  }

  @Test
  void numbersAndWordsAreTextsWhereATextIsWanted() {
    Desired desired =
        Booking.read(
            Booking.YAML
                .replace("Booking CA, organization: Temporal", "007, organization: true")
                .replace("secret: booking/tls", "taskQueue: 1.50\n    secret: booking/tls"));
    assertThat(desired.cas().getFirst().profile().subject().commonName()).isEqualTo("007");
    assertThat(desired.cas().getFirst().profile().subject().organization()).contains("true");
    assertThat(desired.workers().getFirst().taskQueue()).contains("1.50");
  }

  @Test
  void filtersThatAreNotWrittenAreLeftAloneAndAnEmptyListMeansNone() {
    String filters = "filters: [{commonName: temporal-booking.sdvdw}]";
    assertThat(Booking.read(Booking.with(filters, "")).namespaces().getFirst().filters()).isEmpty();
    assertThat(Booking.read(Booking.with(filters, "filters: []")).namespaces().getFirst().filters())
        .contains(List.of());
  }

  @Test
  void workersOutsideKubernetesLoadFromADirectoryAndAreNotRestarted() {
    String outside =
        Booking.YAML
            .replace("secret: booking/tls", "directory: /var/certs")
            .replace("    deployment: booking/worker\n", "");
    WorkerSpec worker = Booking.read(outside).workers().getFirst();
    assertThat(worker.place()).isEqualTo(new LeafPlace.Directory("/var/certs"));
    assertThat(worker.restart()).isEqualTo(Restart.NONE);
    assertThat(worker.workload()).isEmpty();
  }

  @Test
  void unknownKeysAreRefusedWithTheNearestKnownOne() {
    Problem near = only(Booking.with("newleaf: 1\n", "newleaf: 1\nclinets: {}\n"));
    assertThat(near.where().toString()).isEqualTo("f.yaml:2:1");
    assertThat(near.what()).isEqualTo("the file has no key `clinets`.");
    assertThat(near.fix()).isEqualTo("Did you mean clients?");
    Problem far = only(Booking.with("    leaf: worker\n", "    leaf: worker\n    color: red\n"));
    assertThat(far.code()).isEqualTo("NL1015");
    assertThat(far.fix())
        .isEqualTo(
            "Remove it; known are leaf, namespace, taskQueue, secret, directory, cluster,"
                + " deployment, statefulSet, daemonSet, rollout, restart.");
  }

  @Test
  void namespacesAreOfTheAccountAndOfTheFormThatTemporalCloudAllows() {
    Problem other = only(Booking.YAML.replace("temporal-booking.sdvdw", "booking.a1b2c"));
    assertThat(other.code()).isEqualTo("NL1025");
    assertThat(other.fix()).isEqualTo("Write booking.sdvdw.");
    for (String name : List.of("booking", "9b.sdvdw", "b.sdvdw", "Booking.sdvdw", "b-.sdvdw")) {
      Problem wrong = only(Booking.YAML.replace("temporal-booking.sdvdw", name));
      assertThat(wrong.code()).as(name).isEqualTo("NL1024");
      assertThat(wrong.where().toString()).isEqualTo("f.yaml:10:3");
    }
  }

  @Test
  void aNamespaceHasRoomForTwentyFiveFiltersAndFifteenCas() {
    String filters = "{commonName: t*}";
    StringBuilder many = new StringBuilder(filters);
    for (int i = 0; i < 25; i++) {
      many.append(", {organization: o").append(i).append('}');
    }
    Problem problem = only(Booking.with("{commonName: temporal-booking.sdvdw}]", many + "]"));
    assertThat(problem.code()).isEqualTo("NL1036");
    assertThat(problem.what())
        .isEqualTo("namespace.filters has 26 entries; Temporal Cloud has room for 25.");
    StringBuilder cas = new StringBuilder();
    StringBuilder names = new StringBuilder("booking");
    for (int i = 0; i < 15; i++) {
      cas.append(
          "  c%1$d: {subject: {commonName: C%1$d}, validity: 9d, keys: {directory: k}}%n"
              .formatted(i));
      names.append(", c").append(i);
    }
    String sixteen =
        Booking.with("namespaces:\n", cas + "namespaces:\n")
            .replace("[booking]", "[" + names + "]");
    assertThat(only(sixteen).what())
        .isEqualTo(
            "namespace.cas has 16 entries; Temporal Cloud has room for 15 and the next generation"
                + " of one.");
  }

  @Test
  void allProblemsOfAFileAreReportedAtOnceInTheOrderOfTheirPlaces() {
    String yaml =
        Booking.YAML
            .replace("validity: 365d", "validity: PT10M")
            .replace("cas: [booking]", "cas: [bookin]")
            .replace("renewBefore: 10d", "renewBefore: 40d")
            .replace("secret: booking/tls", "secret: tls")
            .replace("account: sdvdw", "account: sdvdw\nacount: b");
    assertThat(Booking.places(Booking.problems(yaml)))
        .containsExactly(
            "3:1 NL1015", "7:15 NL1021", "12:11 NL1040", "19:18 NL1013", "24:13 NL1026");
  }

  @Test
  void aProblemCarriesItsLineForTheCaret() {
    Problem problem = only(Booking.with("renewBefore: 10d", "renewBefore: 40d  # \u200Bwhy"));
    assertThat(problem.sourceLine()).contains("    renewBefore: 40d  # ?why");
    assertThat(problem.what())
        .isEqualTo(
            "leaf.renewBefore is 40d but leaf.validity is 30d; each leaf would be due the moment it"
                + " is issued.");
    assertThat(problem.fix()).isEqualTo("Set it below 30d (10d is a third of the validity).");
  }

  @Test
  void cloudAndKubernetesCanBeNamed() {
    String head =
        """
        newleaf: 1
        cloud: {address: "127.0.0.1:7243", apiKey: {file: key.txt}, plaintext: true, serverCa: ca.pem}
        kubernetes: {context: kind}
        """;
    Desired desired = Booking.read(Booking.with("newleaf: 1\n", head));
    assertThat(desired.cloud())
        .isEqualTo(
            new CloudSpec(
                "127.0.0.1:7243", new SecretSource.File("key.txt"), true, Optional.of("ca.pem")));
    assertThat(desired.kubeContext()).contains("kind");
  }

  @Test
  void plaintextIsForThisMachineOnly() {
    for (String host : List.of("localhost", "127.0.0.2", "[::1]")) {
      String cloud = "cloud: {address: '" + host + ":1', plaintext: true}\n";
      assertThat(Booking.read(Booking.YAML + cloud).cloud().plaintext()).isTrue();
    }
    for (String host : List.of("a.example", "127.0.0.1.a.example", "localhost.a", "10.0.0.1")) {
      Problem problem =
          only(Booking.YAML + "cloud: {address: '" + host + ":1', plaintext: true}\n");
      assertThat(problem.code()).isEqualTo("NL1030");
    }
    assertThat(only(Booking.YAML + "cloud: {address: localhost}\n").code()).isEqualTo("NL1031");
    assertThat(only(Booking.YAML + "cloud: {address: 'a:65536'}\n").code()).isEqualTo("NL1031");
  }

  private static Problem only(String yaml) {
    List<Problem> problems = Booking.problems(yaml);
    assertThat(Booking.places(problems)).hasSize(1);
    return problems.getFirst();
  }

  private static Arguments row(String line, String instead, String place, String what) {
    return Arguments.of(line, instead, place, what);
  }
}
