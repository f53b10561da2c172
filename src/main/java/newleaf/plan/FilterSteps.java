package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Fingerprint;
import newleaf.cert.LeafProfile;
import newleaf.cert.Validity;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedNamespace;

/// Filters are widened before a leaf that needs it is issued, and set to what is wanted after every
/// leaf has moved. Setting the first filter of a namespace narrows it, so that comes last too.
final class FilterSteps {
  private static final Fingerprint NOT_ISSUED = new Fingerprint("0".repeat(64));

  private FilterSteps() {}

  /// @param reissuing whose leaf is about to be reissued
  static List<String> widen(
      Draft draft, String rotation, List<Holder> reissuing, Observed observed, List<String> needs) {
    List<String> steps = new ArrayList<>();
    for (ObservedNamespace namespace : observed.namespaces()) {
      List<Holder> here =
          reissuing.stream()
              .filter(h -> h.target().namespaces().contains(namespace.name()))
              .toList();
      List<CertificateFilter> before = now(draft, namespace);
      List<CertificateFilter> widened = new ArrayList<>(before);
      String subject = "";
      for (Holder holder : here) {
        Certificate coming = preview(holder.leaf().profile());
        if (!CertificateFilter.anyMatches(widened, coming)) {
          widened.add(exactly(holder.leaf().profile()));
          subject = coming.subject().value();
        }
      }
      if (!widened.equals(before)) {
        Guards.beforeFilters(draft, namespace, widened);
        steps.add(
            draft.add(
                rotation,
                new Action.SetFilters(namespace.name(), before, widened, places(here)),
                new Reason.LeafFilteredOut(subject),
                needs));
      }
    }
    return steps;
  }

  /// Sets the filters the YAML asks for, once every leaf has moved.
  static void settle(
      Draft draft,
      String rotation,
      NamespaceSpec spec,
      ObservedNamespace found,
      List<Action.Target> inUse,
      List<String> needs) {
    Optional<List<CertificateFilter>> wanted = spec.filters();
    if (wanted.isEmpty() || wanted.get().equals(now(draft, found))) {
      return;
    }
    Guards.beforeFilters(draft, found, wanted.get());
    draft.add(
        rotation,
        new Action.SetFilters(
            spec.name(),
            now(draft, found),
            wanted.get(),
            inUse.stream().map(Action.Target::place).distinct().toList()),
        new Reason.FiltersDiffer(),
        needs);
  }

  /// The filters after the steps that are already in the plan.
  private static List<CertificateFilter> now(Draft draft, ObservedNamespace found) {
    List<CertificateFilter> now = found.filters();
    for (Step step : draft.steps) {
      if (step.action() instanceof Action.SetFilters set && set.namespace().equals(found.name())) {
        now = set.after();
      }
    }
    return now;
  }

  private static List<LeafPlace> places(List<Holder> holders) {
    return holders.stream().map(h -> h.target().place()).distinct().toList();
  }

  private static CertificateFilter exactly(LeafProfile profile) {
    return new CertificateFilter(
        Optional.of(profile.subject().commonName()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The leaf as it will look to a filter.
  private static Certificate preview(LeafProfile profile) {
    Validity any = new Validity(Instant.EPOCH, Instant.MAX);
    DistinguishedName subject = new DistinguishedName(profile.subject().text());
    return new Certificate(
        NOT_ISSUED, subject, subject, any, profile.dnsNames(), profile.key().text(), false);
  }
}
