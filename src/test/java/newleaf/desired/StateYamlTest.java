package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import org.junit.jupiter.api.Test;

class StateYamlTest {
  private static String with(String state) {
    return Booking.YAML + "state: " + state + "\n";
  }

  @Test
  void stateIsBesideTheFileUnlessItSaysOtherwise() {
    assertThat(Booking.read(Booking.YAML).state()).isEmpty();
    assertThat(Booking.read(with("{kubernetes: newleaf/state}")).state())
        .contains(new StateSpec("newleaf", "state"));
    String longest = "s".repeat(63);
    assertThat(Booking.read(with("{kubernetes: a/" + longest + "}")).state())
        .contains(new StateSpec("a", longest));
  }

  @Test
  void whatNamesNoPlaceInAClusterIsAProblem() {
    assertThat(Booking.problems(with("{kubernetes: newleaf}")))
        .singleElement()
        .satisfies(p -> assertThat(p.code()).isEqualTo("NL1026"));
    assertThat(Booking.problems(with("{kubernetes: a/%s.t}".formatted("s".repeat(62)))))
        .singleElement()
        .satisfies(p -> assertThat(p.code()).isEqualTo("NL1070"));
    assertThat(Booking.problems(with("{}"))).hasSize(1);
  }

  private static String keys(String keys) {
    return Booking.with("keys: {directory: keys}", "keys: {" + keys + "}");
  }

  @Test
  void keysOfACaAreInAFolderOrASecret() {
    assertThat(Booking.read(Booking.YAML).cas().getFirst().keys().secret()).isEmpty();
    assertThat(Booking.read(keys("secret: newleaf/keys")).cas().getFirst().keys())
        .isEqualTo(new CaRef("booking", "kubernetes:newleaf/keys"))
        .isEqualTo(CaRef.inSecret("booking", new LeafPlace.Secret("newleaf", "keys")));
    assertThat(code(keys("secret: newleaf/keys, directory: keys"))).isEqualTo("NL1071");
    assertThat(code(keys("secret: newleaf/keys") + "state: {kubernetes: newleaf/keys}\n"))
        .isEqualTo("NL1072");
  }

  private static String code(String yaml) {
    assertThat(Booking.problems(yaml)).hasSize(1);
    return Booking.problems(yaml).getFirst().code();
  }
}
