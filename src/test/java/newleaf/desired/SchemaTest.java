package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import newleaf.cert.CertificateFilter;
import newleaf.cert.KeyAlgorithm;
import newleaf.explain.SchemaKind;
import newleaf.explain.Starter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the schema tells an editor is what newleaf does.
class SchemaTest {
  private static final String TEXT = SchemaKind.DESIRED.schema();
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode ROOT = JSON.readTree(TEXT);
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Schema SCHEMA = REGISTRY.getSchema(TEXT);

  @Test
  void itIsAValidSchema() {
    Schema meta =
        REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(TEXT, InputFormat.JSON)).isEmpty();
    assertThat(meta.validate("{\"type\": 7}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void everyExampleAndTheStarterAreValid() throws IOException {
    try (Stream<Path> examples = Files.list(Path.of("examples"))) {
      List<Path> files = examples.filter(f -> f.toString().endsWith(".yaml")).toList();
      assertThat(files).isNotEmpty();
      for (Path file : files) {
        assertThat(errors(Files.readString(file))).as("%s", file).isEmpty();
      }
    }
    assertThat(errors(Starter.yaml("a1b2c", "payments.a1b2c"))).isEmpty();
    assertThat(errors(Booking.YAML)).isEmpty();
    for (String temporal : TemporalYamlTest.RIGHT) {
      assertThat(errors(Booking.YAML + temporal)).as(temporal).isEmpty();
    }
  }

  static Stream<Arguments> structuralMistakes() {
    return Stream.of(
        row("newleaf: 1", "newleaf: 2"),
        row("newleaf: 1\n", "newleaf: 1\nclinets: {}\n"),
        row("account: sdvdw\n", ""),
        row("account: sdvdw", "account:"),
        row("account: sdvdw", "account: ' '"),
        row("account: sdvdw", "account: [sdvdw]"),
        row("account: sdvdw", "account: SDVDW"),
        row("account: sdvdw", "account: sdvdw\ncloud: {address: localhost}"),
        row("account: sdvdw", "account: sdvdw\ncloud: {apiKey: secret}"),
        row("account: sdvdw", "account: sdvdw\ncloud: {apiKey: {env: A, file: b}}"),
        row("account: sdvdw", "account: sdvdw\ncloud: {apiKey: {prompt: true}}"),
        row("account: sdvdw", "account: sdvdw\ncloud: {apiKey: {env: A-B}}"),
        row("account: sdvdw", "account: sdvdw\ncloud: {plaintext: maybe}"),
        row("account: sdvdw", "account: sdvdw\nkubernetes: {contxt: kind}"),
        temporal("{namespace: n, apiKey: {env: A}}"),
        temporal("{address: 'a:1', apiKey: {env: A}}"),
        temporal("{address: a, namespace: n, apiKey: {env: A}}"),
        temporal("{address: 'a:1', namespace: n}"),
        temporal("{address: 'a:1', namespace: n, plaintext: false}"),
        temporal("{address: 'a:1', namespace: n, apiKey: {env: A}, certificate: {directory: b}}"),
        temporal(
            "{address: 'localhost:1', namespace: n, plaintext: true, certificate: {directory: b}}"),
        temporal("{address: 'a:1', namespace: n, apiKey: {prompt: true}}"),
        temporal("{address: 'a:1', namespace: n, apiKey: key}"),
        temporal("{address: 'a:1', namespace: n, certificate: b}"),
        temporal("{address: 'a:1', namespace: n, certificate: {}}"),
        temporal("{address: 'a:1', namespace: n, apiKey: {env: A}, taskQueue: ' '}"),
        row("  booking:\n    subject", "  Booking:\n    subject"),
        row("validity: 365d", "validity: soon"),
        row("validity: 365d", "validity: 1y"),
        row("    validity: 365d\n", ""),
        row("365d\n", "365d\n    key: ed25519\n"),
        row("365d\n", "365d\n    retire: never\n"),
        row("commonName: Booking CA", "commonName: " + "B".repeat(60)),
        row("organization: Temporal", "organization: " + "T".repeat(65)),
        row("{commonName: Booking CA, organization: Temporal}", "Booking CA"),
        row("{directory: keys}", "keys"),
        row("{directory: keys}", "{passphrase: {env: X}}"),
        row("{directory: keys}", "{directory: keys, passphrase: {prompt: yes}}"),
        row("  temporal-booking.sdvdw:\n", "  temporal-booking:\n"),
        row("  temporal-booking.sdvdw:\n", "  9.sdvdw:\n"),
        row("cas: [booking]", "cas: booking"),
        row("cas: [booking]", "cas: []"),
        row("cas: [booking]", "cas: [booking, booking]"),
        row("[{commonName: temporal-booking.sdvdw}]", "{commonName: x}"),
        row("[{commonName: temporal-booking.sdvdw}]", "[{}]"),
        row("[{commonName: temporal-booking.sdvdw}]", "[{commonName: '*'}]"),
        row("[{commonName: temporal-booking.sdvdw}]", "[{commonName: 'a*b'}]"),
        row("[{commonName: temporal-booking.sdvdw}]", "[{commonName: '*b*'}]"),
        row("[{commonName: temporal-booking.sdvdw}]", "[{email: x}]"),
        row("renewBefore: 10d\n", "renewBefore: 10d\n    dnsNames: [a_b]\n"),
        row("renewBefore: 10d\n", "renewBefore: 10d\n    dnsNames: a.b\n"),
        row("    secret: booking/tls\n", ""),
        row("secret: booking/tls", "secret: booking/tls\n    directory: certs"),
        row("secret: booking/tls", "secret: tls"),
        row("secret: booking/tls", "secret: booking/a/b"),
        row("deployment: booking/worker", "deployment: Booking/worker"),
        row("secret: booking/tls", "secret: booking/tls\n    cluster: a b"),
        row("secret: booking/tls\n    deployment: booking/worker", "directory: a\n    cluster: b"),
        row("workers:\n", "clients: {a: {leaf: worker, cluster: b}}\nworkers:\n"),
        row("deployment:", "restart: hard\n    deployment:"),
        row("workers:\n", "clients: {a: {leaf: worker, acknowledged: maybe}}\nworkers:\n"),
        row("workers:\n", "clients: {a: {}}\nworkers:\n"),
        row("workers:\n", "clients: {a: {leaf: worker, secret: a/b, directory: c}}\nworkers:\n"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("structuralMistakes")
  void whatNewleafRefusesForItsFormTheSchemaRefuses(String line, String instead) {
    String yaml = Booking.with(line, instead);
    assertThat(Booking.problems(yaml)).isNotEmpty();
    assertThat(errors(yaml)).isNotEmpty();
  }

  @Test
  void patternsAreThoseOfTheRules() {
    String account = Names.PLAIN.pattern();
    assertPattern("/$defs/name", account);
    assertPattern("/$defs/cloudNamespace", Names.CLOUD_NAMESPACE.pattern() + "\\." + account);
    assertPattern("/$defs/kubernetesName", Names.KUBERNETES.pattern());
    assertPattern("/$defs/cluster", Names.CLUSTER.pattern());
    assertPattern("/$defs/dnsName", Names.DNS.pattern());
    assertPattern("/$defs/duration", Durations.FORM.pattern());
    assertPattern("/$defs/time", Times.FORM.pattern());
    assertPattern("/$defs/variable", SecretYaml.VARIABLE.pattern());
    assertPattern("/properties/cloud/properties/address", CloudYaml.ADDRESS.pattern());
    assertPattern("/properties/temporal/properties/address", CloudYaml.ADDRESS.pattern());
  }

  @Test
  void choicesAndLimitsAreThoseOfTheRules() {
    assertThat(texts("/$defs/key/enum"))
        .containsExactlyElementsOf(
            Stream.of(KeyAlgorithm.values()).map(KeyAlgorithm::text).toList());
    assertThat(texts("/$defs/worker/properties/restart/enum"))
        .containsExactlyElementsOf(Stream.of(Restart.values()).map(WorkerYaml::word).toList());
    assertThat(texts("/$defs/ca/properties/retire/enum"))
        .containsExactlyElementsOf(Stream.of(Retire.values()).map(CaYaml::word).toList());
    assertThat(ROOT.at("/$defs/namespace/properties/filters/maxItems").asInt())
        .isEqualTo(CertificateFilter.MAX_PER_NAMESPACE);
  }

  @Test
  void filterValuesAreThoseThatTemporalCloudTakes() {
    Pattern pattern = Pattern.compile(ROOT.at("/$defs/pattern/allOf/1/pattern").asString());
    for (String value : List.of("a", "*a", "a*", "*", "**", "*a*", "a*b", "a b", "*.a.b", "a**")) {
      assertThat(pattern.matcher(value).find())
          .as(value)
          .isEqualTo(CertificateFilter.problemOf(value).isEmpty());
    }
  }

  @Test
  void editorsHaveATitleAndADescriptionForEveryProperty() {
    for (JsonNode properties : ROOT.findValues("properties")) {
      properties
          .properties()
          .forEach(p -> {
            assertThat(p.getValue().path("title").asString("")).as(p.getKey()).isNotBlank();
            assertThat(p.getValue().path("description").asString(""))
                .as(p.getKey())
                .isNotBlank()
                .endsWith(p.getValue().path("description").asString("").contains(":") ? "" : ".");
          });
    }
  }

  private static void assertPattern(String pointer, String rule) {
    assertThat(ROOT.at(pointer + "/pattern").asString()).as(pointer).isEqualTo("^" + rule + "$");
  }

  private static List<String> texts(String pointer) {
    return ROOT.at(pointer).valueStream().map(JsonNode::asString).toList();
  }

  private static List<Error> errors(String yaml) {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return SCHEMA.validate(JSON.<JsonNode>valueToTree(loaded));
  }

  private static Arguments temporal(String section) {
    return row("account: sdvdw", "account: sdvdw\ntemporal: " + section);
  }

  private static Arguments row(String line, String instead) {
    return Arguments.of(line, instead);
  }
}
