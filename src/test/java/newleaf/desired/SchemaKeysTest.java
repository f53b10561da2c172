package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import newleaf.Problem;
import newleaf.explain.SchemaKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schema and `DesiredYaml` know the same keys. Each section is given a key that nobody knows,
/// and newleaf answers with those it knows.
class SchemaKeysTest {
  private static final String UNKNOWN = "zzzzzzzzzzzzzzzzzzzz";
  private static final String KNOWN = "Remove it; known are ";

  /// The section by its place in the schema.
  private static final Map<String, String> SPOILED = spoiled();

  private static Map<String, String> spoiled() {
    Map<String, String> yaml = new LinkedHashMap<>();
    String bad = UNKNOWN + ": x";
    String top = "account: sdvdw\n";
    yaml.put("", Booking.YAML + bad + "\n");
    yaml.put("/properties/cloud", Booking.with(top, top + "cloud: {" + bad + "}\n"));
    yaml.put("/properties/state", Booking.YAML + "state: {kubernetes: a/b, " + bad + "}\n");
    String control = "temporal: {address: 'a:1', namespace: n, ";
    yaml.put("/properties/temporal", Booking.YAML + control + "apiKey: {env: A}, " + bad + "}\n");
    yaml.put(
        "/properties/temporal/properties/certificate",
        Booking.YAML + control + "certificate: {directory: a, " + bad + "}}\n");
    yaml.put("/properties/kubernetes", Booking.with(top, top + "kubernetes: {" + bad + "}\n"));
    yaml.put("/$defs/ca", Booking.with("validity: 365d", "validity: 365d\n    " + bad));
    yaml.put("/$defs/caSubject", Booking.with("Booking CA,", "Booking CA, " + bad + ","));
    yaml.put("/$defs/ca/properties/keys", Booking.with("y: keys}", "y: keys, " + bad + "}"));
    yaml.put("/$defs/namespace", Booking.with("cas: [booking]", "cas: [booking]\n    " + bad));
    yaml.put("/$defs/filter", Booking.with("[{common", "[{" + bad + ", common"));
    yaml.put("/$defs/leaf", Booking.with("validity: 30d", "validity: 30d\n    " + bad));
    yaml.put(
        "/$defs/leafSubject",
        Booking.with("subject: {commonName: t", "subject: {" + bad + ", commonName: t"));
    yaml.put("/$defs/worker", Booking.with("    leaf: worker", "    leaf: worker\n    " + bad));
    yaml.put("/$defs/client", Booking.YAML + "clients: {a: {leaf: worker, " + bad + "}}\n");
    return yaml;
  }

  @Test
  void everySectionOfTheSchemaHasTheKeysThatNewleafKnowsThere() {
    Map<String, Set<String>> ofSchema = new TreeMap<>();
    sections("", new JsonMapper().readTree(SchemaKind.DESIRED.schema()), ofSchema);
    assertThat(ofSchema.remove("/$defs/secret")).containsExactly("env", "file");
    assertThat(ofSchema.remove("/$defs/promptedSecret")).containsExactly("env", "file", "prompt");
    Map<String, Set<String>> ofNewleaf = new TreeMap<>();
    SPOILED.forEach((place, yaml) -> ofNewleaf.put(place, known(yaml)));
    assertThat(ofSchema).isEqualTo(ofNewleaf);
  }

  private static Set<String> known(String yaml) {
    List<Problem> problems = Booking.problems(yaml);
    assertThat(problems).as(yaml).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo("NL1015");
    assertThat(problems.getFirst().fix()).startsWith(KNOWN).endsWith(".");
    String list = problems.getFirst().fix().substring(KNOWN.length());
    return new TreeSet<>(List.of(list.substring(0, list.length() - 1).split(", ", -1)));
  }

  private static void sections(String place, JsonNode node, Map<String, Set<String>> found) {
    if (node.path("type").asString("").equals("object") && node.has("properties")) {
      assertThat(node.path("additionalProperties").asBoolean(true)).as(place).isFalse();
      found.put(
          place,
          node.get("properties").properties().stream()
              .map(Map.Entry::getKey)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    node.properties().forEach(p -> sections(place + "/" + p.getKey(), p.getValue(), found));
  }
}
