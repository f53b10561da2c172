package newleaf.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import newleaf.Source;
import newleaf.cert.CertificateFilter;

/// Why a step is there.
public sealed interface Reason {

  record Missing() implements Reason {}

  /// @param renewAt since when it is due
  /// @param set where the YAML says `renewBefore`
  record NearingExpiry(Instant notAfter, Instant renewAt, Duration renewBefore, Source set)
      implements Reason {}

  record Expired(Instant notAfter) implements Reason {}

  /// @param what for example `subject`
  record SpecChanged(String what, String is, String wanted) implements Reason {}

  /// A leaf was issued by another CA than the one it shall come from.
  record WrongIssuer(String issuer, String wanted) implements Reason {}

  /// The private key is not there, is in a form that workers can not load, or belongs to another
  /// certificate.
  record KeyMismatch() implements Reason {}

  /// Something needs a CA that can sign, and the key of the one there is with whoever made it.
  ///
  /// @param needs the leaf that has to be replaced, or the namespace that accepts none of its CAs
  record KeyElsewhere(String needs) implements Reason {}

  record NotTrusted(String ca) implements Reason {}

  /// As `NotTrusted`, of a namespace that asks nobody for a certificate yet.
  record MtlsOff(String ca) implements Reason {}

  /// Pods run on an earlier leaf.
  record NotLoaded(List<String> pods) implements Reason {}

  /// Newleaf scaled a workload to 0, was stopped, and nothing tells of it any more but a note on
  /// the workload.
  record LeftAtZero(int replicas) implements Reason {}

  /// Whoever reloads it by itself may not have done so yet.
  record JustWritten(Instant at) implements Reason {}

  /// A step before this one puts a new leaf in place.
  record LeafReissued() implements Reason {}

  /// Every leaf has moved on to the successor.
  record NoLongerUsed(String successor) implements Reason {}

  /// A new leaf would pass none of the filters that are there.
  record LeafFilteredOut(String subject) implements Reason {}

  /// @param gone the filters that are not wanted any more
  record FiltersDiffer(List<FilterGone> gone) implements Reason {
    public FiltersDiffer {
      gone = List.copyOf(gone);
    }
  }

  /// @param letIn the known leaves that pass it now, with place, subject and names
  record FilterGone(CertificateFilter filter, List<String> letIn) {
    public FilterGone {
      letIn = List.copyOf(letIn);
    }
  }

  /// The YAML no longer has the namespace accept this CA.
  record NoLongerWanted(String ca) implements Reason {}
}
