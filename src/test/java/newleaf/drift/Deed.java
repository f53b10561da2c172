package newleaf.drift;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.CaProfile;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.observed.CaRef;
import newleaf.plan.Action;
import newleaf.plan.CaGeneration;

/// Actions on the things of a [Scene].
final class Deed {
  private static final Subject SUBJECT =
      new Subject("booking.sdvdw", Optional.empty(), Optional.empty());
  private static final LeafProfile LEAF =
      new LeafProfile(SUBJECT, KeyAlgorithm.EC_P256, Duration.ofDays(30), List.of());
  private static final Action.Target TARGET =
      new Action.Target(
          "booking", Scene.PLACE, List.of(Scene.NS), Optional.of(Scene.WORKER), Optional.empty());

  private Deed() {}

  private static CaGeneration generation(int number) {
    return new CaGeneration(new CaRef("booking", "keys"), number);
  }

  static Action issue(int generation) {
    return new Action.IssueCa(
        generation(generation),
        new CaProfile(SUBJECT, KeyAlgorithm.EC_P384, Duration.ofDays(365)),
        Optional.empty());
  }

  static Action trust(int generation, Fingerprint... expired) {
    return new Action.TrustCa(
        Scene.NS, generation(generation), Optional.empty(), Set.of(expired), LEAF, List.of());
  }

  static Action filter(List<CertificateFilter> before, List<CertificateFilter> after) {
    return new Action.SetFilters(Scene.NS, before, after, Set.of(), List.of());
  }

  static Action reissue(String replaces) {
    return new Action.ReissueLeaf(
        Scene.PLACE,
        generation(2),
        LEAF,
        List.of(Scene.NS),
        Optional.of(Scene.fingerprint(replaces)));
  }

  static Action roll() {
    return new Action.RollWorker(TARGET);
  }

  static Action retire(int generation, Certificate certificate) {
    return new Action.RetireCa(
        Scene.NS,
        generation(generation),
        certificate,
        Optional.of(generation(2)),
        Set.of(),
        LEAF,
        List.of(TARGET));
  }
}
