package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.drift.Drift;
import newleaf.drift.Drift.LeftOut;
import newleaf.drift.Drift.Measure;
import newleaf.drift.Finding;
import newleaf.drift.Found;
import newleaf.drift.Scene;
import newleaf.drift.Sighting;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import newleaf.plan.Due;
import newleaf.plan.Plan.Role;

/// One finding of every kind, with a text of the caller's wherever one can come from outside.
record DriftSamples(String text) {
  static final Instant NOW = Scene.NOW;

  List<Finding> findings() {
    LeafPlace place = new LeafPlace.Secret(text, "tls");
    WorkerRef worker = WorkerRef.deployment("booking", text);
    CertificateFilter filter =
        new CertificateFilter(
            Optional.of(text), Optional.empty(), Optional.empty(), Optional.of("x"));
    return List.of(
        new Finding.CaAdded(text, certificate()),
        new Finding.CaRemoved(text, certificate()),
        new Finding.FiltersChanged(text, List.of(filter, filter), List.of()),
        new Finding.FiltersChanged(text, List.of(), List.of(filter)),
        new Finding.MtlsTurnedOff(text),
        new Finding.MtlsTurnedOn(text),
        new Finding.NamespaceGone(text),
        new Finding.NamespaceNotActive(text),
        new Finding.LeafReplaced(place, Optional.empty(), certificate()),
        new Finding.LeafReplaced(place, Optional.of(certificate()), certificate()),
        new Finding.LeafGone(new LeafPlace.Directory(text), certificate()),
        new Finding.KeyMismatch(place, certificate()),
        new Finding.OwnerAppeared(place, Optional.empty(), text),
        new Finding.OwnerAppeared(place, Optional.of("Helm"), text),
        new Finding.WorkerGone(worker),
        new Finding.SecretNotMounted(worker, place),
        new Finding.PodsBehind(worker, certificate(), List.of(text, "b")),
        new Finding.CaAppeared("ca/" + text, certificate()),
        new Finding.CaFileGone("ca/booking-g2", certificate()),
        new Finding.CaFileChanged("ca/booking-g2", certificate(), certificate()),
        new Finding.CaKeyGone("ca/booking-g2", certificate()));
  }

  Certificate certificate() {
    return Scene.certificate("a", "CN=" + text, Duration.ofDays(12), true);
  }

  List<Sighting> sightings() {
    return List.of(
        new Sighting(Role.LEAF, "directory/" + text, ended(), List.of(), Optional.of(NOW)),
        new Sighting(
            Role.FOREIGN_CA,
            "foreign-ca/9f31c2aa",
            certificate(),
            List.of(text, "b", "c", "d", "e"),
            Optional.empty()),
        new Sighting(
            Role.CA,
            "ca/booking-g2",
            certificate(),
            List.of("a.b"),
            Optional.of(NOW.plus(Duration.ofDays(3)))));
  }

  private Certificate ended() {
    return Scene.certificate("e", "CN=" + text, Duration.ofDays(-3), false);
  }

  Drift loud() {
    return drift(
        findings().stream().map(f -> new Found(f, Scene.THEN, NOW)).toList(),
        sightings(),
        Measure.SNAPSHOT,
        new LeftOut(2, 1, 1),
        Optional.of(text));
  }

  Drift quiet(Measure measure) {
    return drift(List.of(), List.of(), measure, new LeftOut(0, 0, 0), Optional.empty());
  }

  private Drift drift(
      List<Found> found,
      List<Sighting> atRisk,
      Measure measure,
      LeftOut leftOut,
      Optional<String> holder) {
    return new Drift(
        NOW,
        text + ".yaml",
        new Drift.Looked(1, 2, 1, 3),
        measure,
        measure == Measure.SNAPSHOT ? Optional.of(Scene.THEN) : Optional.empty(),
        found,
        Optional.of(Duration.ofDays(21)),
        atRisk,
        leftOut,
        holder,
        0,
        Optional.of(new Due("ca/" + text, Due.What.RENEWAL, NOW.plus(Duration.ofDays(7)))),
        sightings());
  }
}
