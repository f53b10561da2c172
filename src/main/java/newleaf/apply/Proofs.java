package newleaf.apply;

import java.time.Duration;
import java.util.Optional;
import newleaf.apply.Prover.Endpoint;
import newleaf.apply.Prover.Verdict;
import newleaf.cert.HeldCertificate;

/// Proves with real connections that a leaf is accepted or refused. One answer proves nothing while
/// a change is still spreading over the frontends: three in a row have to agree.
record Proofs(Prover prover, Timeline time) {
  private static final int IN_A_ROW = 3;
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /// @param whose for the reader: `new leaf of ca/booking-g2`
  void accepted(Attempt attempt, Endpoint endpoint, HeldCertificate leaf, String whose) {
    prove(attempt, endpoint, leaf, whose + " accepted", true);
  }

  void refused(Attempt attempt, Endpoint endpoint, HeldCertificate leaf, String whose) {
    prove(attempt, endpoint, leaf, whose + " refused", false);
  }

  private void prove(
      Attempt attempt, Endpoint endpoint, HeldCertificate leaf, String what, boolean accepted) {
    Run run = new Run(accepted);
    Optional<Boolean> proven =
        new Waiting(time, BETWEEN, LIMIT)
            .until(
                attempt.step().action().address(),
                () ->
                    run.add(prover.connect(endpoint, leaf)) ? Optional.of(true) : Optional.empty());
    if (proven.isEmpty()) {
      throw Failures.notProven("namespace/" + endpoint.namespace(), what, run.last);
    }
    attempt.proved(what);
  }

  /// Counts equal answers.
  private static final class Run {
    private final boolean wanted;
    private int equal;
    private String last = "none";

    Run(boolean wanted) {
      this.wanted = wanted;
    }

    boolean add(Verdict verdict) {
      boolean asWanted =
          switch (verdict) {
            case Verdict.Accepted() -> {
              last = "accepted";
              yield wanted;
            }
            case Verdict.Rejected(var how) -> {
              last = "refused (" + how + ")";
              yield !wanted;
            }
            case Verdict.Inconclusive(var why) -> {
              last = "no answer (" + why + ")";
              yield false;
            }
          };
      equal = asWanted ? equal + 1 : 0;
      return equal >= IN_A_ROW;
    }
  }
}
