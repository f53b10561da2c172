package newleaf.report;

import java.util.stream.Collectors;
import newleaf.plan.Action;
import newleaf.plan.Proof;
import newleaf.plan.Step;

/// How a step is proven and how it is taken back.
final class TermsText {
  private TermsText() {}

  static String proofs(Step step) {
    return step.terms().proofs().stream()
        .map(p -> proof(p, step.action()))
        .collect(Collectors.joining(", "));
  }

  private static String proof(Proof proof, Action action) {
    return switch (proof) {
      case LEAF_VERIFIES -> "a leaf of it verifies, before the certificate is written";
      case NEW_ACCEPTED -> accepted(action);
      case IN_USE_ACCEPTED -> "leaves in use accepted";
      case STRANGER_REFUSED -> "a stranger refused";
      case OLD_REFUSED ->
          action instanceof Action.RetireCa retire
              ? "a leaf of " + Words.safe(retire.oldAddress()) + " refused"
              : "an old leaf refused";
      case EVERY_POD_ON_LEAF -> "every pod on the new leaf";
      case POLLERS_BACK ->
          action instanceof Action.AwaitReload ? "somebody polls its task queue" : "workers poll";
      case TIME_GIVEN -> "none: it has no taskQueue, so nobody can be asked";
    };
  }

  private static String accepted(Action action) {
    return action instanceof Action.TrustCa trust
        ? "a leaf of " + Words.safe(trust.ca().address()) + " accepted"
        : "the new leaf accepted, before it is delivered";
  }

  static String undo(Step step) {
    return switch (step.terms().undo()) {
      case LEAVE_UNUSED -> "nobody trusts it yet: leave it, or delete its files";
      case DISTRUST_AGAIN -> "take the CA out of the namespace again";
      case FILTERS_BEFORE -> "set the filters of before";
      case PREVIOUS_LEAF ->
          step.action() instanceof Action.ReissueLeaf leaf && leaf.replaces().isEmpty()
              ? "delete it: there was none before"
              : "the leaf of before is kept beside the new one";
      case RESTART_AGAIN -> "restart once more, onto whichever leaf is in place";
      case NOTHING -> "nothing to take back";
      case PUT_BACK -> "the CA is put back, by newleaf itself when workers drop";
    };
  }
}
