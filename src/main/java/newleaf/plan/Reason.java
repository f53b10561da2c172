package newleaf.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import newleaf.Source;

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

  /// A step before this one puts a new leaf in place.
  record LeafReissued() implements Reason {}

  /// Every leaf has moved on to the successor.
  record NoLongerUsed(String successor) implements Reason {}

  /// A new leaf would pass none of the filters that are there.
  record LeafFilteredOut(String subject) implements Reason {}

  record FiltersDiffer() implements Reason {}
}
