package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.cert.KeyAlgorithm;
import newleaf.json.Json;
import newleaf.observed.LeafPlace;
import newleaf.plan.Action;
import newleaf.plan.Due;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Precondition;
import newleaf.plan.Proof;
import newleaf.plan.Reason;
import newleaf.plan.Undo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema of the saved plan says what the saved plan is: every plan fits, nothing that
/// lacks a part does.
class PlanSchemaTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode TREE =
      JSON.readTree(read(Path.of("src/main/resources/newleaf/schema/plan.schema.json")));
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TREE);

  static List<Path> plans() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("plans"))) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyGoldenPlanFits(Path plan) {
    assertThat(SCHEMA.validate(JSON.readTree(read(plan)))).isEmpty();
  }

  @Test
  void everyKindOfActionReasonAndGateFits() {
    assertThat(SCHEMA.validate(samples())).isEmpty();
    assertThat(SCHEMA.validate(JSON.readTree(Json.pretty(new Fleet(3, true, "CN=x").plan()))))
        .isEmpty();
  }

  private static JsonNode samples() {
    return JSON.readTree(Json.pretty(Samples.NORMAL.plan()));
  }

  @Test
  void planWithoutAnyOneOfItsPartsDoesNotFit() throws IOException {
    List<JsonNode> all = new ArrayList<>(List.of(samples()));
    plans().forEach(p -> all.add(JSON.readTree(read(p))));
    for (JsonNode plan : all) {
      for (ObjectNode object : objects(plan)) {
        for (String key : List.copyOf(object.propertyNames())) {
          JsonNode value = object.remove(key);
          assertThat(SCHEMA.validate(plan)).as("without %s of %s", key, object).isNotEmpty();
          object.set(key, value);
        }
      }
      assertThat(SCHEMA.validate(plan)).isEmpty();
    }
  }

  private static List<ObjectNode> objects(JsonNode node) {
    List<ObjectNode> found = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      found.add(object);
    }
    node.forEach(child -> found.addAll(objects(child)));
    return found;
  }

  @Test
  void partOfAnotherTypeDoesNotFit() {
    for (String key : List.copyOf(((ObjectNode) samples()).propertyNames())) {
      ObjectNode plan = (ObjectNode) samples();
      plan.put(key, 7.5);
      assertThat(SCHEMA.validate(plan)).as(key).isNotEmpty();
    }
  }

  @Test
  void newerMinorFitsAndMayHaveMoreAndAnotherMajorDoesNot() {
    ObjectNode plan = (ObjectNode) samples();
    plan.put("format_version", "1.12");
    plan.put("drift", "none");
    assertThat(SCHEMA.validate(plan)).isEmpty();
    for (String other : List.of("2.0", "0.9", "1", "11.0", "1.x")) {
      plan.put("format_version", other);
      assertThat(SCHEMA.validate(plan)).as(other).isNotEmpty();
    }
  }

  /// What has no cluster says nothing of one, so nothing else would miss it.
  @Test
  void placeAndWorkloadMayNameTheirCluster() {
    List<ObjectNode> named = new ArrayList<>();
    JsonNode plan = samples();
    for (ObjectNode object : objects(plan)) {
      if (object.has("deployment") && object.get("deployment").isString()
          || object.path("kind").asString("").equals("secret")) {
        assertThat(object.has("cluster")).isFalse();
        named.add(object.put("cluster", "eu1"));
      }
    }
    assertThat(named).hasSizeGreaterThan(2);
    assertThat(SCHEMA.validate(plan)).isEmpty();
    for (ObjectNode object : named) {
      object.put("cluster", 1);
      assertThat(SCHEMA.validate(plan)).as("%s", object).isNotEmpty();
      object.put("cluster", "eu1");
    }
  }

  @Test
  void everyKindAndNameOfTheProgramIsInTheSchema() {
    assertThat(kinds("action")).isEqualTo(permitted(Action.class));
    assertThat(kinds("reason")).isEqualTo(permitted(Reason.class));
    assertThat(kinds("gate")).isEqualTo(permitted(Gate.class));
    assertThat(kinds("precondition")).isEqualTo(permitted(Precondition.class));
    assertThat(kinds("place")).isEqualTo(permitted(LeafPlace.class));
    assertThat(names("proof")).isEqualTo(names(Proof.values()));
    assertThat(names("undo")).isEqualTo(names(Undo.values()));
    assertThat(names("key")).isEqualTo(names(KeyAlgorithm.values()));
    assertThat(names(TREE.at("/$defs/due/properties/what/enum")))
        .isEqualTo(names(Due.What.values()));
    assertThat(names(TREE.at("/$defs/known/properties/role/enum")))
        .isEqualTo(names(Plan.Role.values()));
    assertThat(names(TREE.at("/$defs/step/properties/verb/enum")))
        .isEqualTo(
            Samples.NORMAL.actions().stream()
                .map(Action::verb)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyRecordHasATitleAndEveryPartADescription() {
    assertThat(TREE.get("title").asString()).isEqualTo("newleaf plan");
    TREE.get("$defs")
        .properties()
        .forEach(definition -> {
          assertThat(definition.getValue().has("title")).as(definition.getKey()).isTrue();
          assertThat(definition.getValue().has("description")).as(definition.getKey()).isTrue();
        });
  }

  private static Set<String> kinds(String family) {
    Set<String> kinds = new TreeSet<>();
    TREE.at("/$defs/" + family + "/oneOf")
        .forEach(one ->
            kinds.add(
                TREE.at(one.get("$ref").asString().substring(1))
                    .at("/properties/kind/const")
                    .asString()));
    return kinds;
  }

  private static Set<String> permitted(Class<?> family) {
    return Arrays.stream(family.getPermittedSubclasses())
        .map(c -> c.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(String definition) {
    return names(TREE.at("/$defs/" + definition + "/enum"));
  }

  private static Set<String> names(JsonNode values) {
    Set<String> names = new TreeSet<>();
    values.forEach(v -> names.add(v.asString()));
    return names;
  }

  private static Set<String> names(Enum<?>... values) {
    return Arrays.stream(values)
        .map(v -> v.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
