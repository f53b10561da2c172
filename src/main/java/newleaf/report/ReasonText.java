package newleaf.report;

import java.time.Instant;
import java.util.stream.Collectors;
import newleaf.plan.Reason;

/// Why a step is there, as one sentence without a full stop.
final class ReasonText {
  private ReasonText() {}

  static String of(Reason reason, Instant asOf) {
    return Words.safe(
        switch (reason) {
          case Reason.Missing() -> "there is none yet";
          case Reason.NearingExpiry r ->
              "the one there ends %s (%s), due since %s (renewBefore %s, %s)"
                  .formatted(
                      Words.day(r.notAfter()),
                      Words.left(r.notAfter(), asOf),
                      Words.day(r.renewAt()),
                      Words.duration(r.renewBefore()),
                      r.set());
          case Reason.Expired(var notAfter) -> "the one there expired " + Words.time(notAfter);
          case Reason.SpecChanged(var what, var is, var wanted) ->
              "%s is %s, wanted is %s".formatted(what, is, wanted);
          case Reason.WrongIssuer(var issuer, var wanted) ->
              "the one there is from %s, wanted is %s".formatted(issuer, wanted);
          case Reason.KeyMismatch() -> "its private key is not there or does not fit";
          case Reason.KeyElsewhere(var needs) ->
              needs + " needs one that can sign; the key of the one there is not newleaf's";
          case Reason.NotTrusted(var ca) -> ca + " is not accepted yet";
          case Reason.MtlsOff(var ca) ->
              ca + " is not accepted yet, nor is any other: mTLS is off, and this turns it on";
          case Reason.NotLoaded(var pods) -> "pods run on an earlier leaf: " + Words.few(pods);
          case Reason.LeftAtZero(var replicas) ->
              "a run of newleaf was stopped after it scaled this to 0; it had %s"
                  .formatted(Words.count(replicas, "replica"));
          case Reason.JustWritten(var at) ->
              "its leaf was written only at " + Words.time(at) + " and may not be loaded yet";
          case Reason.LeafReissued() -> "its leaf is replaced by then";
          case Reason.NoLongerUsed(var successor) ->
              "every leaf comes from %s by then".formatted(successor);
          case Reason.LeafFilteredOut(var subject) -> "no filter lets %s pass".formatted(subject);
          case Reason.FiltersDiffer(var gone) ->
              "the filters are not those of the YAML"
                  + gone.stream().map(ReasonText::gone).collect(Collectors.joining());
          case Reason.NoLongerWanted(var ca) -> "the YAML no longer names " + ca + " for it";
        });
  }

  private static String gone(Reason.FilterGone gone) {
    return "; [%s] goes, it let in %s"
        .formatted(
            gone.filter().text(),
            gone.letIn().isEmpty() ? "no known leaf" : String.join(", ", gone.letIn()));
  }
}
