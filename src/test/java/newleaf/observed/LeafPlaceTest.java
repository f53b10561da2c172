package newleaf.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import newleaf.json.Json;
import org.junit.jupiter.api.Test;

class LeafPlaceTest {
  private static final LeafPlace.Secret HERE = new LeafPlace.Secret("a", "b");
  private static final LeafPlace.Secret THERE = HERE.in(Optional.of("eu1"));

  private record Held(LeafPlace place) {}

  @Test
  void secretsOfOneNameInTwoClustersAreTwoPlaces() {
    assertThat(THERE).isNotEqualTo(HERE);
    assertThat(HERE.address()).isEqualTo("secret/a/b");
    assertThat(THERE.address()).isEqualTo("secret/a/b@eu1");
    assertThat(THERE.in(Optional.empty())).isEqualTo(HERE);
  }

  @Test
  void secretIsWrittenAsEverWhereNoClusterIsNamed() {
    assertThat(Json.line(new Held(HERE)))
        .isEqualTo("{\"place\":{\"kind\":\"secret\",\"namespace\":\"a\",\"name\":\"b\"}}");
    assertThat(Json.line(new Held(THERE)))
        .isEqualTo(
            "{\"place\":{\"kind\":\"secret\",\"namespace\":\"a\",\"name\":\"b\",\"cluster\":\"eu1\"}}");
    for (LeafPlace place : List.of(HERE, THERE, new LeafPlace.Directory("certs"))) {
      String text = Json.line(new Held(place));
      assertThat(Json.read(text, Held.class).place()).isEqualTo(place);
      assertThat(Json.readEarlier(text, Held.class).place()).isEqualTo(place);
      assertThat(Json.readAnyMinor(text, Held.class).place()).isEqualTo(place);
    }
  }

  @Test
  void placesInListsAreAsOnesAlone() {
    String text = Json.line(List.of(THERE, new LeafPlace.Directory("certs")));
    assertThat(text)
        .isEqualTo(
            "[{\"kind\":\"secret\",\"namespace\":\"a\",\"name\":\"b\",\"cluster\":\"eu1\"},"
                + "{\"kind\":\"directory\",\"path\":\"certs\"}]");
  }

  @Test
  void secretThatLacksAPartOrHasAnUnknownOneIsRefused() {
    for (String fields :
        List.of(
            "\"namespace\":\"a\"",
            "\"namespace\":null,\"name\":\"b\"",
            "\"namespace\":\"a\",\"name\":\"b\",\"region\":\"c\"")) {
      String text = "{\"place\":{\"kind\":\"secret\"," + fields + "}}";
      assertThatThrownBy(() -> Json.read(text, Held.class))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Json.readAnyMinor(text, Held.class))
          .as("the secret of a newer newleaf may be another than it looks like: %s", text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
