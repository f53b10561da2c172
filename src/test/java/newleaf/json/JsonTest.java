package newleaf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  sealed interface Shape {
    record RoundThing(Instant madeAt, Duration soak) implements Shape {}

    record Square(Optional<Name> owner) implements Shape {}
  }

  record Name(String value) {}

  enum Colour {
    RED,
    DARK_BLUE
  }

  record Drawing(String title, List<Shape> shapes, Shape first, Colour colour) {}

  private static final Drawing DRAWING =
      new Drawing(
          "a",
          List.of(
              new Shape.RoundThing(Instant.parse("2026-11-24T00:00:00Z"), Duration.ofMinutes(10)),
              new Shape.Square(Optional.of(new Name("x"))),
              new Shape.Square(Optional.empty())),
          new Shape.Square(Optional.empty()),
          Colour.DARK_BLUE);

  @Test
  void recordsSealedTypesAndScalarsComeBackEqual() {
    assertThat(Json.read(Json.line(DRAWING), Drawing.class)).isEqualTo(DRAWING);
    assertThat(Json.read(Json.pretty(DRAWING), Drawing.class)).isEqualTo(DRAWING);
  }

  @Test
  void theFormIsTheDocumentedOne() {
    assertThat(Json.line(DRAWING))
        .isEqualTo(
            "{\"title\":\"a\",\"shapes\":[{\"kind\":\"round_thing\",\"made_at\":\"2026-11-24T00:00:00Z\","
                + "\"soak\":\"PT10M\"},{\"kind\":\"square\",\"owner\":\"x\"},{\"kind\":\"square\",\"owner\":null}],"
                + "\"first\":{\"kind\":\"square\",\"owner\":null},\"colour\":\"dark_blue\"}");
  }

  @Test
  void unknownPropertiesAndDuplicateKeysAreRefused() {
    assertThatThrownBy(() -> Json.read("{\"value\":1,\"x\":2}", Drawing.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.read("{\"title\":\"a\",\"title\":\"b\"}", Drawing.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void missingPropertiesAndNullsAreRefused() {
    for (String text :
        new String[] {
          "null",
          "{}",
          "{\"title\":\"a\",\"shapes\":[],\"first\":{\"kind\":\"square\",\"owner\":null}}",
          "{\"title\":null,\"shapes\":[],\"first\":{\"kind\":\"square\",\"owner\":null},"
              + "\"colour\":\"red\"}"
        }) {
      assertThatThrownBy(() -> Json.read(text, Drawing.class))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
