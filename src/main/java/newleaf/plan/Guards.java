package newleaf.plan;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.TrustBundle;
import newleaf.desired.CaSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import newleaf.observed.WorkloadKind;

/// What would make a step fail or hurt, found before anything is touched.
final class Guards {
  /// More than the PEM of an RSA-4096 CA with long names.
  private static final int LARGEST_CA_BYTES = 2_048;

  /// Less than the PEM of any CA.
  private static final int SMALLEST_CA_BYTES = 512;

  private Guards() {}

  static void missingNamespace(Draft draft, NamespaceSpec spec, String account) {
    draft.block(
        "NL5001",
        "namespace/" + spec.name(),
        "there is no such namespace in account " + account + " (" + spec.at() + ").",
        "Correct the name, or create the namespace first.");
  }

  static void beforeTrust(
      Draft draft,
      ObservedNamespace namespace,
      CaSpec spec,
      Predicate<Certificate> sameName,
      Instant asOf) {
    state(draft, namespace);
    room(draft, namespace, asOf);
    ownName(draft, namespace, spec, sameName, asOf);
  }

  static void beforeFilters(
      Draft draft, ObservedNamespace namespace, List<CertificateFilter> filters) {
    state(draft, namespace);
    if (filters.size() > CertificateFilter.MAX_PER_NAMESPACE) {
      draft.block(
          "NL5010",
          "namespace/" + namespace.name(),
          "would need %d filters while leaves move; %d are allowed."
              .formatted(filters.size(), CertificateFilter.MAX_PER_NAMESPACE),
          "Remove a filter that no leaf needs any more.");
    }
  }

  static void lockOut(
      Draft draft, ObservedNamespace namespace, List<CertificateFilter> after, KnownLeaf leaf) {
    draft.block(
        "NL5011",
        "namespace/" + namespace.name(),
        "the filters that it is to have (%s) lock out the leaf at %s."
            .formatted(
                after.stream().map(f -> "[" + f.text() + "]").collect(Collectors.joining(" ")),
                leaf.text()),
        "Add a filter that lets this leaf in, or give its holder another leaf.");
  }

  /// One pod template can be started for one leaf only, and restarted in one way only.
  static void oneWayForEachWorkload(Draft draft, List<Holder> holders) {
    Map<WorkerRef, Holder> first = new HashMap<>();
    for (Holder holder : holders) {
      if (holder.worker().isEmpty()) {
        continue;
      }
      Holder other = first.putIfAbsent(holder.worker().get(), holder);
      if (other != null
          && (other.restart() != holder.restart()
              || !other.target().place().equals(holder.target().place()))) {
        draft.block(
            "NL5013",
            holder.worker().get().address(),
            "is restarted in two ways: workers/%s wants %s after %s, workers/%s wants %s after %s."
                .formatted(
                    other.target().name(),
                    other.restart().name().toLowerCase(Locale.ROOT),
                    other.target().place().address(),
                    holder.target().name(),
                    holder.restart().name().toLowerCase(Locale.ROOT),
                    holder.target().place().address()),
            "Give both the same secret and restart.");
      }
    }
  }

  static void state(Draft draft, ObservedNamespace namespace) {
    String where = "namespace/" + namespace.name();
    switch (namespace.state()) {
      case ACTIVE -> {}
      case UPDATING ->
          draft.block(
              "NL5002",
              where,
              "is being updated by operation %s; a second change would be refused."
                  .formatted(namespace.operation().orElse("of somebody else")),
              "Run this again when that operation has ended.");
      case UNAVAILABLE ->
          draft.block(
              "NL5003",
              where,
              "is not active, so its trust can not be changed.",
              "Look at the namespace in the Temporal Cloud UI.");
    }
  }

  /// Beside what is there, the other CAs of this plan need room too: all of them may be trusted
  /// before the first old one goes. Expired ones leave in the same update.
  private static void room(Draft draft, ObservedNamespace namespace, Instant asOf) {
    int expired = (int) expired(namespace, asOf).count();
    int kept = namespace.acceptedClientCas().size() - expired;
    int coming = draft.trustedIn(namespace.name()) + 1;
    int bytes = namespace.bundleBytes() - expired * SMALLEST_CA_BYTES;
    if (kept + coming > TrustBundle.MAX_CERTIFICATES
        || bytes + coming * LARGEST_CA_BYTES > TrustBundle.MAX_BYTES) {
      draft.block(
          "NL5004",
          "namespace/" + namespace.name(),
          "accepts %d CAs in %.1f KB; %s into %d CAs and %d KB."
              .formatted(
                  kept,
                  namespace.bundleBytes() / 1024.0,
                  coming == 1 ? "one more does not fit" : coming + " more do not fit",
                  TrustBundle.MAX_CERTIFICATES,
                  TrustBundle.MAX_BYTES / 1024),
          "Remove a CA that no worker uses any more.");
    }
  }

  private static Stream<Certificate> expired(ObservedNamespace namespace, Instant asOf) {
    return namespace.acceptedClientCas().stream().filter(c -> c.validity().expiredAt(asOf));
  }

  /// An expired twin is dropped in the update that adds the new one.
  private static void ownName(
      Draft draft,
      ObservedNamespace namespace,
      CaSpec spec,
      Predicate<Certificate> sameName,
      Instant asOf) {
    for (Certificate ca : namespace.acceptedClientCas()) {
      if (!ca.validity().expiredAt(asOf) && sameName.test(ca)) {
        draft.block(
            "NL5005",
            "namespace/" + namespace.name(),
            "already accepts a CA with the subject %s that is not newleaf's (%s); two CAs of one"
                    .formatted(ca.subject().value(), ca.fingerprint().shortText())
                + " namespace must not share a subject.",
            "Remove that one, or give cas." + spec.name() + " another commonName.");
      }
    }
  }

  /// Whether a CA has the name that a generation still to be made will have.
  static boolean hasNameOf(Certificate ca, CaSpec spec, int generation) {
    String wanted = spec.profile().commonName(generation);
    return ca.subject().commonName().filter(wanted::equalsIgnoreCase).isPresent()
        && ca.subject().organization().equals(spec.profile().subject().organization());
  }

  static void beforeDelivery(Draft draft, ObservedLeaf leaf) {
    leaf.owner()
        .ifPresent(owner ->
            draft.block(
                "NL5006",
                leaf.place().address(),
                "belongs to " + owner + ", which would write its own content back.",
                "Let newleaf write a Secret of its own, or take that owner away."));
    leaf.unwritable()
        .ifPresent(why ->
            draft.block(
                "NL5026",
                leaf.place().address(),
                why + ".",
                "Name another Secret in the YAML, and mount it in place of this one."));
  }

  static void beforeRoll(Draft draft, Action.Target target, Survey survey) {
    if (target.deployment().isEmpty()) {
      return;
    }
    Optional<ObservedWorker> worker = survey.worker(target.deployment().get());
    if (worker.isEmpty() || !worker.get().exists()) {
      draft.block(
          "NL5007",
          target.address(),
          "does not exist, so workers/" + target.name() + " can not be restarted.",
          "Correct `%s:` of the worker, or take it out.".formatted(kind(target).key()));
    } else if (worker.get().owner().isPresent()) {
      draft.block(
          "NL5025",
          target.address(),
          "belongs to " + worker.get().owner().get() + ", which would write it back.",
          "Let that restart its pods, and write restart: none for workers/" + target.name() + ".");
    } else if (!worker.get().mountsSecret()) {
      draft.block(
          "NL5008",
          target.address(),
          "does not use " + target.place().address() + ", so its pods would never load the leaf.",
          "Correct `secret:` of workers/%s, or mount it in the %s."
              .formatted(target.name(), kind(target).word()));
    } else {
      worker.get().stuck().ifPresent(why -> stuck(draft, target, why));
    }
  }

  static void endsBefore(Draft draft, Gate.NotBefore gate, Due due, Instant replaced) {
    draft.block(
        "NL5014",
        due.address(),
        ("ends %s, and with notBefore %s (%s) it is replaced %s at the earliest: whoever uses it"
                + " could not connect in between.")
            .formatted(due.at(), gate.at(), gate.set(), replaced),
        "Set notBefore to an earlier time, or take it out.");
  }

  private static void stuck(Draft draft, Action.Target target, String why) {
    draft.block(
        "NL5009",
        target.address(),
        "can not roll out: " + why + ".",
        "Repair the %s first; nothing has been changed.".formatted(kind(target).word()));
  }

  private static WorkloadKind kind(Action.Target target) {
    return target.deployment().orElseThrow().kind();
  }
}
