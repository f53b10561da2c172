package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import newleaf.apply.ApplyEvent;
import newleaf.apply.Ending;
import newleaf.apply.Progress;
import newleaf.journal.Outcome;
import newleaf.plan.Action;
import newleaf.plan.Gate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The lines of `--events`, and the schema that describes them.
class EventLinesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TEXT =
      read(Path.of("src/main/resources/newleaf/schema/events.schema.json"));
  private static final JsonNode TREE = JSON.readTree(TEXT);
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TREE);

  /// Every kind of line there is.
  private static List<EventLine> every(Samples samples) {
    List<EventLine> lines = new ArrayList<>();
    lines.add(EventLines.version(Samples.NOW, samples.text()));
    for (ApplyEvent event : events(samples)) {
      lines.addAll(EventLines.of(event, Samples.NOW));
    }
    lines.addAll(EventLines.diagnostics(samples.failure(), Samples.NOW));
    lines.add(EventLines.summary(samples.ending(), 6, Samples.NOW));
    return lines;
  }

  private static List<ApplyEvent> events(Samples samples) {
    List<ApplyEvent> events = new ArrayList<>();
    events.add(new ApplyEvent.PlanStarted(samples.plan()));
    var step = samples.steps().get(6);
    events.add(new ApplyEvent.Resuming(step));
    events.add(new ApplyEvent.StepStarted(step, 7, 10));
    events.add(new ApplyEvent.Noted(step, samples.text()));
    events.add(new ApplyEvent.Proved(step, samples.text()));
    samples.progress().forEach(p -> events.add(new ApplyEvent.Progressed(step, p)));
    for (Outcome outcome :
        List.of(
            new Outcome.Done(),
            new Outcome.AlreadySo(),
            new Outcome.Failed(samples.text()),
            new Outcome.Abandoned())) {
      events.add(new ApplyEvent.StepEnded(step, outcome, Duration.ofMillis(1250)));
    }
    events.add(new ApplyEvent.StepLeftOpen(step, samples.failure(), Duration.ofSeconds(70)));
    for (Gate gate : samples.gates()) {
      events.add(new ApplyEvent.GateWaiting(gate, Samples.NOW));
      events.add(new ApplyEvent.GatePassed(gate));
    }
    events.add(new ApplyEvent.RunEnded(samples.ending()));
    return events;
  }

  @Test
  void anApplyReadsLikeThis() {
    String lines =
        Runs.interleaved().stream()
            .filter(at -> at.after().compareTo(Duration.ofSeconds(5)) <= 0)
            .flatMap(at -> EventLines.of(at.event(), Runs.START.plus(at.after())).stream())
            .filter(line -> !(line instanceof EventLine.PlanStep step) || step.number() == 1)
            .map(EventLine::text)
            .collect(Collectors.joining("\n"));
    assertThat(lines + "\n")
        .isEqualTo(read(Path.of("src/test/resources/newleaf/report/events.jsonl")));
  }

  @Test
  void everyLineFitsTheSchema() {
    for (EventLine line : every(Samples.NORMAL)) {
      assertThat(SCHEMA.validate(JSON.readTree(line.text()))).as(line.text()).isEmpty();
    }
    Runs.interleaved()
        .forEach(at ->
            EventLines.of(at.event(), Runs.START)
                .forEach(line ->
                    assertThat(SCHEMA.validate(JSON.readTree(line.text())))
                        .as(line.text())
                        .isEmpty()));
  }

  @Test
  void lineWithoutAnyOneOfItsPartsDoesNotFit() {
    for (EventLine line : every(Samples.NORMAL)) {
      JsonNode whole = JSON.readTree(line.text());
      for (ObjectNode object : objects(whole)) {
        for (String key : List.copyOf(object.propertyNames())) {
          JsonNode value = object.remove(key);
          assertThat(SCHEMA.validate(whole)).as("without %s of %s", key, object).isNotEmpty();
          object.set(key, value);
          object.put("of_a_later_version", 1);
        }
      }
      assertThat(SCHEMA.validate(whole)).as(line.text()).isEmpty();
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
  void everyKindOfTheProgramIsInTheSchemaAndAmongTheSamples() {
    Set<String> kinds = snake(EventLine.class.getPermittedSubclasses());
    assertThat(references(TREE.get("oneOf"))).isEqualTo(kinds);
    assertThat(snake(every(Samples.NORMAL).stream().map(Object::getClass).toArray(Class<?>[]::new)))
        .isEqualTo(kinds);
    Set<String> progress = snake(Progress.class.getPermittedSubclasses());
    assertThat(references(TREE.at("/$defs/step_progress/properties/progress/oneOf")))
        .isEqualTo(progress);
    assertThat(names("/$defs/step_done/properties/outcome/enum"))
        .isEqualTo(names(EventLine.Result.values()));
    assertThat(names("/$defs/diagnostic/properties/severity/enum"))
        .isEqualTo(names(EventLine.Severity.values()));
    assertThat(names("/$defs/verb/enum"))
        .isEqualTo(
            Samples.NORMAL.actions().stream()
                .map(Action::verb)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Set<String> references(JsonNode oneOf) {
    Set<String> names = new TreeSet<>();
    oneOf.forEach(one -> {
      if (one.has("$ref")) {
        names.add(one.get("$ref").asString().replace("#/$defs/", ""));
      }
    });
    return names;
  }

  private static Set<String> names(String pointer) {
    Set<String> names = new TreeSet<>();
    TREE.at(pointer).forEach(n -> names.add(n.asString()));
    return names;
  }

  private static Set<String> names(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(v -> v.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> snake(Class<?>[] types) {
    return Arrays.stream(types)
        .map(c -> c.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void whateverNamesHoldALineIsOneLineOfAscii() {
    String odd = "a\n\"\u001b[31m\u202e\u009b\u00e9\ud83d\ude00\u0000";
    for (EventLine line : every(new Samples(odd))) {
      assertThat(line.text()).matches("[ -~]+");
      assertThat(JSON.readTree(line.text()).get("kind")).isNotNull();
    }
    JsonNode note = JSON.readTree(new EventLine.GatePass(Samples.NOW, odd).text());
    assertThat(note.get("gate").asString()).isEqualTo(odd);
  }

  @Test
  void gatesThatHoldTheRestBackAndFailuresComeBehindTheSteps() {
    Ending ending = Samples.NORMAL.ending();
    List<EventLine> lines = EventLines.of(new ApplyEvent.RunEnded(ending), Samples.NOW);
    assertThat(lines)
        .first()
        .isEqualTo(
            new EventLine.Diagnostic(
                Samples.NOW,
                EventLine.Severity.ERROR,
                Optional.of("s5"),
                "NL3014",
                "namespace/temporal-booking",
                "operation x has not ended.",
                "Run: newleaf apply"));
    assertThat(lines.subList(1, lines.size()))
        .extracting(line -> ((EventLine.GateWait) line).gate())
        .containsExactlyElementsOf(ending.waiting().stream().map(Gate::id).toList());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
