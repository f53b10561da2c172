package newleaf.cli;

import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// Asks a person for a yes before something is changed.
///
/// @param question answered with `yes` and nothing else
/// @param nobodyToAsk said where there is no terminal
/// @param declined said to any other answer
record Consent(String question, Explanation nobodyToAsk, Explanation declined) {

  /// @throws NewleafException Misconfigured without a terminal, Refused without a yes
  void ask(Terminal terminal) {
    String answer =
        terminal
            .line()
            .orElseThrow(() -> new NewleafException(new Failure.Misconfigured(nobodyToAsk)))
            .apply(question + " Only `yes` goes on: ");
    if (!"yes".equals(answer == null ? "" : answer.strip())) {
      throw new NewleafException(new Failure.Refused(declined));
    }
  }
}
