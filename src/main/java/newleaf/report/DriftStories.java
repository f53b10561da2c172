package newleaf.report;

import java.util.List;
import newleaf.drift.Finding;

/// The words for what was changed on places, workloads and CA files.
final class DriftStories {
  private DriftStories() {}

  static DriftStory replaced(Finding.LeafReplaced f) {
    return new DriftStory(
        "holds a leaf that newleaf did not issue",
        f.before().map(DriftSide::of).orElseGet(() -> DriftSide.of("no leaf")),
        DriftSide.of(f.after()),
        "Pods load it at their next start, and it may be refused.",
        "Ask who wrote it. To have a leaf of the YAML there again: newleaf plan");
  }

  static DriftStory leafGone(Finding.LeafGone f) {
    return new DriftStory(
        "holds no leaf any more",
        DriftSide.of(f.before()),
        DriftSide.of("no leaf"),
        "Pods that start now have no certificate to connect with.",
        "See how it would be issued again: newleaf plan");
  }

  static DriftStory mismatch(Finding.KeyMismatch f) {
    return new DriftStory(
        "holds a private key that does not belong to its leaf",
        DriftSide.of(f.leaf()),
        new DriftSide(
            List.of(f.leaf()), List.of("tls.key is gone, unreadable or of another certificate")),
        "Pods that start now can not make a handshake.",
        "See how it would be issued again: newleaf plan");
  }

  static DriftStory owner(Finding.OwnerAppeared f) {
    return new DriftStory(
        "belongs to somebody else now",
        DriftSide.of(f.before().orElse("no owner")),
        DriftSide.of(f.owner()),
        "That owner writes its own content back over the leaf that newleaf delivers.",
        "Let one of the two write it: take the owner away, or take the place out of the YAML.");
  }

  static DriftStory workerGone(Finding.WorkerGone f) {
    return new DriftStory(
        "is gone",
        DriftSide.of("there"),
        DriftSide.of("no such " + f.worker().kind().word()),
        "Nobody polls its task queue from there, and newleaf can not restart it.",
        "Deploy it again, or take the worker out of the YAML.");
  }

  static DriftStory notMounted(Finding.SecretNotMounted f) {
    return new DriftStory(
        "does not use its Secret any more",
        DriftSide.of("uses " + f.place().address()),
        DriftSide.of("does not use " + f.place().address()),
        "Its pods never load the leaves that newleaf delivers there.",
        "Mount the Secret again, or correct `secret:` of the worker in the YAML.");
  }

  static DriftStory behind(Finding.PodsBehind f) {
    return new DriftStory(
        Words.count(f.pods().size(), "pod") + " went back to an earlier leaf",
        DriftSide.of(f.leaf()),
        DriftSide.of("on another leaf: " + String.join(", ", f.pods())),
        "The leaf they hold ends earlier, or its CA is removed while they use it.",
        "See the restart that brings them back: newleaf plan");
  }

  static DriftStory appeared(Finding.CaAppeared f) {
    return new DriftStory(
        "lies where the keys are, and newleaf did not make it",
        DriftSide.of("no such generation"),
        DriftSide.of(f.certificate()),
        "newleaf takes the newest generation it finds: the next plan would have every namespace"
            + " accept this one.",
        "Find out where its files come from before any apply; remove them if nobody knows.");
  }

  static DriftStory fileGone(Finding.CaFileGone f) {
    return new DriftStory(
        "has no certificate file any more",
        DriftSide.of(f.certificate()),
        DriftSide.of("no file"),
        "Without it newleaf does not know this CA, and would make another in its place.",
        "Restore the file from a backup, before any apply.");
  }

  static DriftStory fileChanged(Finding.CaFileChanged f) {
    return new DriftStory(
        "has another certificate than before",
        DriftSide.of(f.before()),
        DriftSide.of(f.after()),
        "newleaf never changes a CA it has made; the next plan would have every namespace accept"
            + " this one.",
        "Restore the file from a backup, before any apply.");
  }

  static DriftStory keyGone(Finding.CaKeyGone f) {
    return new DriftStory(
        "has no private key any more",
        DriftSide.of(f.certificate()),
        new DriftSide(List.of(f.certificate()), List.of("no key file")),
        "No leaf can be issued from it, so the next renewal needs a whole new CA.",
        "Restore the key file from a backup.");
  }
}
