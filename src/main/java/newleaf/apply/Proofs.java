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

  /// A change may take this long to reach every frontend.
  private static final Duration SPREADING = Duration.ofMinutes(3);

  /// What was accepted a moment ago needs no time to spread; a lost connection may need another
  /// try.
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  /// @param whose for the reader: `new leaf of ca/booking-g2`
  void accepted(Attempt attempt, Endpoint endpoint, HeldCertificate leaf, String whose) {
    prove(attempt, new Claim(endpoint, leaf, whose + " accepted", true, SPREADING));
  }

  /// As `accepted`, without the patience: for leaves that workers use and must not lose.
  void stillAccepted(Attempt attempt, Endpoint endpoint, HeldCertificate leaf, String whose) {
    prove(attempt, new Claim(endpoint, leaf, whose + " accepted", true, AT_ONCE));
  }

  void refused(Attempt attempt, Endpoint endpoint, HeldCertificate leaf, String whose) {
    prove(attempt, new Claim(endpoint, leaf, whose + " refused", false, SPREADING));
  }

  private record Claim(
      Endpoint endpoint, HeldCertificate leaf, String what, boolean accepted, Duration limit) {}

  private void prove(Attempt attempt, Claim claim) {
    Run run = new Run(claim.accepted());
    Changes<Progress> progress = new Changes<>(attempt::progress);
    Optional<Boolean> proven =
        new Waiting(time, BETWEEN, claim.limit())
            .until(attempt.step().action().address(), () -> tryOnce(run, claim, progress));
    if (proven.isEmpty()) {
      throw Failures.notProven("namespace/" + claim.endpoint().namespace(), claim.what(), run.last);
    }
    attempt.proved(claim.what());
  }

  private Optional<Boolean> tryOnce(Run run, Claim claim, Changes<Progress> progress) {
    boolean proven = run.add(prover.connect(claim.endpoint(), claim.leaf()));
    progress.to(new Progress.Proving(claim.what(), run.equal, IN_A_ROW, run.last));
    return proven ? Optional.of(true) : Optional.empty();
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
