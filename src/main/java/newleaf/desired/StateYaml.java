package newleaf.desired;

import java.util.List;
import newleaf.observed.LeafPlace;

/// `state:`
final class StateYaml {
  /// Each Secret of the state carries the name as a label.
  private static final int LONGEST = 63;

  private StateYaml() {}

  static StateSpec read(Section state) {
    state.knows("kubernetes");
    Located<String> place = state.text("kubernetes", StateYaml::check);
    int slash = place.value().indexOf('/');
    return new StateSpec(
        place.value().substring(0, Math.max(0, slash)), place.value().substring(slash + 1));
  }

  /// Keys that lie with the state would be read by whoever may see how a rotation goes.
  static void refuseKeysIn(StateSpec state, List<CaSpec> cas, Problems problems) {
    LeafPlace.Secret place = new LeafPlace.Secret(state.namespace(), state.name());
    cas.stream()
        .filter(ca -> ca.keys().secret().filter(place::equals).isPresent())
        .forEach(ca ->
            problems.add(
                Codes.KEYS_IN_STATE,
                ca.at(),
                "the keys of ca %s would be in %s, which is the state."
                    .formatted(ca.name(), place.address()),
                "Give the keys a Secret of their own."));
  }

  private static void check(String name, Located<String> text, Problems problems) {
    Names.kubernetes(name, text, problems);
    int length = text.value().length() - text.value().indexOf('/') - 1;
    if (length > LONGEST) {
      problems.add(
          Codes.STATE_NAME,
          text.source(),
          "the name of the state has %d characters; on its Secrets it is a label, which holds %d."
              .formatted(length, LONGEST),
          "Choose a shorter name.");
    }
  }
}
