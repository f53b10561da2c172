package newleaf.report;

import java.util.List;
import newleaf.cert.CertificateFilter;
import newleaf.drift.Finding;

/// A finding in words: what happened, how it was and is, why it matters, and the one thing to do.
record DriftStory(String title, DriftSide before, DriftSide after, String why, String next) {

  static DriftStory of(Finding finding) {
    return switch (finding) {
      case Finding.CaAdded f -> added(f);
      case Finding.CaRemoved f -> removed(f);
      case Finding.FiltersChanged f -> filters(f);
      case Finding.MtlsTurnedOff _ -> mtlsOff();
      case Finding.MtlsTurnedOn _ -> mtlsOn();
      case Finding.NamespaceGone _ -> gone();
      case Finding.NamespaceNotActive _ -> notActive();
      case Finding.LeafReplaced f -> DriftStories.replaced(f);
      case Finding.LeafGone f -> DriftStories.leafGone(f);
      case Finding.KeyMismatch f -> DriftStories.mismatch(f);
      case Finding.OwnerAppeared f -> DriftStories.owner(f);
      case Finding.WorkerGone f -> DriftStories.workerGone(f);
      case Finding.SecretNotMounted f -> DriftStories.notMounted(f);
      case Finding.PodsBehind f -> DriftStories.behind(f);
      case Finding.CaAppeared f -> DriftStories.appeared(f);
      case Finding.CaFileGone f -> DriftStories.fileGone(f);
      case Finding.CaFileChanged f -> DriftStories.fileChanged(f);
      case Finding.CaKeyGone f -> DriftStories.keyGone(f);
    };
  }

  private static DriftStory added(Finding.CaAdded f) {
    return new DriftStory(
        "accepts a CA that newleaf did not add",
        DriftSide.of("not accepted"),
        DriftSide.of(f.ca()),
        "Whoever has the key of this CA can make leaves that connect to the namespace.",
        "Ask who added it, and remove it if nobody did.");
  }

  private static DriftStory removed(Finding.CaRemoved f) {
    return new DriftStory(
        "does not accept a CA any more",
        DriftSide.of(f.ca()),
        DriftSide.of("not accepted"),
        "Leaves of this CA are refused at their next handshake.",
        "See how it would be accepted again: newleaf plan");
  }

  private static DriftStory filters(Finding.FiltersChanged f) {
    return new DriftStory(
        "has other certificate filters",
        filters(f.before()),
        filters(f.after()),
        "Filters decide which leaves of an accepted CA may connect.",
        "See whether the leaves in use still pass, and how to set them back: newleaf plan");
  }

  private static DriftSide filters(List<CertificateFilter> filters) {
    return filters.isEmpty()
        ? DriftSide.of("no filter: every leaf of an accepted CA passes")
        : new DriftSide(
            List.of(), filters.stream().map(f -> "[" + f.text() + "]").sorted().toList());
  }

  private static DriftStory mtlsOff() {
    return new DriftStory(
        "has mTLS turned off",
        DriftSide.of("mTLS on"),
        DriftSide.of("mTLS off"),
        "No worker can connect with a certificate now.",
        "Ask who turned it off, and turn it on again in the Temporal Cloud UI.");
  }

  private static DriftStory mtlsOn() {
    return new DriftStory(
        "has mTLS turned on",
        DriftSide.of("mTLS off"),
        DriftSide.of("mTLS on"),
        "Certificates decide who connects from now on, and newleaf did not turn that on.",
        "See what newleaf would do next: newleaf plan");
  }

  private static DriftStory gone() {
    return new DriftStory(
        "is gone",
        DriftSide.of("there"),
        DriftSide.of("no such namespace, or none that this API key may read"),
        "Its workers can not connect, and newleaf can not plan for it.",
        "Take it out of the YAML if it was deleted; else see what the API key may read.");
  }

  private static DriftStory notActive() {
    return new DriftStory(
        "is not active",
        DriftSide.of("active"),
        DriftSide.of("suspended, being deleted or failed"),
        "Its trust can not be changed, so a rotation of its CAs can not go on.",
        "Look at it in the Temporal Cloud UI.");
  }
}
