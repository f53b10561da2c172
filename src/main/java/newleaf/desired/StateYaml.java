package newleaf.desired;

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
