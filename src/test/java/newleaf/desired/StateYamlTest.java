package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

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
}
