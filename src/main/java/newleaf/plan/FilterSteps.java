package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.LeafProfile;
import newleaf.desired.Desired;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedNamespace;

/// Filters are widened before a leaf that needs it is issued, and set to what is wanted after every
/// leaf has moved. Setting the first filter of a namespace narrows it, so that comes last too. Each
/// change is tried on every known leaf first.
record FilterSteps(Desired desired, Observed observed, Instant asOf, Draft draft, String rotation) {

  /// @param reissuing whose leaf is about to be reissued
  List<String> widen(List<Holder> reissuing, List<String> needs) {
    List<String> steps = new ArrayList<>();
    for (ObservedNamespace namespace : observed.namespaces()) {
      List<Holder> here =
          reissuing.stream()
              .filter(h -> h.target().namespaces().contains(namespace.name()))
              .toList();
      List<CertificateFilter> before = draft.filters(namespace);
      List<CertificateFilter> widened = new ArrayList<>(before);
      String subject = "";
      for (Holder holder : here) {
        Certificate coming = KnownLeaf.preview(holder.leaf().profile());
        if (!CertificateFilter.anyMatches(widened, coming)) {
          widened.add(lettingIn(namespace.name(), coming, holder.leaf().profile()));
          subject = coming.subject().value();
        }
      }
      if (!widened.equals(before)) {
        Guards.beforeFilters(draft, namespace, widened);
        Reason reason = new Reason.LeafFilteredOut(subject);
        List<String> all = Stream.concat(needs.stream(), lastFilters(namespace.name())).toList();
        steps.add(draft.add(rotation, change(namespace, widened, places(here), all), reason, all));
      }
    }
    return steps;
  }

  /// Another rotation may have widened the filters already.
  private Stream<String> lastFilters(String namespace) {
    return draft.steps.reversed().stream()
        .filter(s -> s.action() instanceof Action.SetFilters f && f.namespace().equals(namespace))
        .map(Step::id)
        .limit(1);
  }

  /// The filter that the YAML wants for it, if it does.
  private CertificateFilter lettingIn(String namespace, Certificate leaf, LeafProfile profile) {
    return desired.namespaces().stream()
        .filter(n -> n.name().equals(namespace))
        .flatMap(n -> n.filters().orElse(List.of()).stream())
        .filter(f -> f.matches(leaf))
        .findFirst()
        .orElseGet(() ->
            new CertificateFilter(
                Optional.of(profile.subject().commonName()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  /// Sets the filters the YAML asks for, once every leaf has moved.
  void settle(NamespaceSpec spec, ObservedNamespace found, List<String> needs) {
    List<CertificateFilter> before = draft.filters(found);
    List<CertificateFilter> wanted = spec.filters().orElse(before);
    if (wanted.equals(before)) {
      return;
    }
    Guards.beforeFilters(draft, found, wanted);
    List<KnownLeaf> forgotten = lockedOut(found, before, wanted);
    if (narrows(before, wanted) && draft.keepsAnOldCa(found.name())) {
      draft.narrowedLater.add(found.name()); // whoever is left on an old leaf keeps both ways in
      return;
    }
    List<Holder> here =
        draft.holders.stream().filter(h -> h.target().namespaces().contains(spec.name())).toList();
    Reason reason = new Reason.FiltersDiffer(gone(found, before, wanted));
    String step = draft.add(rotation, change(found, wanted, places(here), needs), reason, needs);
    forgotten.forEach(leaf -> mayLockOut(leaf, found, needs, step));
  }

  private static boolean narrows(List<CertificateFilter> before, List<CertificateFilter> after) {
    return !after.isEmpty() && (before.isEmpty() || !after.containsAll(before));
  }

  private Action.SetFilters change(
      ObservedNamespace found,
      List<CertificateFilter> after,
      List<LeafPlace> inUse,
      List<String> needs) {
    return new Action.SetFilters(
        found.name(), draft.filters(found), after, draft.expired(found, needs), inUse);
  }

  /// Blocks for each leaf in the YAML that would be locked out.
  ///
  /// @return leaves that are no longer in the YAML and would be locked out; a person decides
  private List<KnownLeaf> lockedOut(
      ObservedNamespace found, List<CertificateFilter> before, List<CertificateFilter> after) {
    List<KnownLeaf> forgotten = new ArrayList<>();
    for (KnownLeaf leaf : KnownLeaf.then(draft.holders, observed, draft, asOf)) {
      if (leaf.isFor(found.name())
          && leaf.passes(before)
          && !leaf.passes(after)
          && !passesElsewhere(leaf, found)) {
        if (leaf.managed()) {
          Guards.lockOut(draft, found, after, leaf);
        } else {
          forgotten.add(leaf);
        }
      }
    }
    return forgotten;
  }

  /// Whoever may connect to several namespaces has lost nothing while one of them lets it in.
  private boolean passesElsewhere(KnownLeaf leaf, ObservedNamespace found) {
    return observed.namespaces().stream()
        .filter(n -> leaf.isFor(n.name()) && !n.name().equals(found.name()))
        .anyMatch(n -> leaf.passes(draft.filters(n)));
  }

  private void mayLockOut(
      KnownLeaf leaf, ObservedNamespace found, List<String> needs, String step) {
    String id = "lockout/namespace/" + found.name() + "/" + leaf.address();
    String question =
        "these filters lock out the leaf at "
            + leaf.text()
            + ", which is no longer in the YAML; shall they?";
    draft.gates.add(
        new Gate.Approval(
            id, needs, List.of(step), question, observed.recorded().approvals().contains(id)));
  }

  /// Which filters go, and whom each of them let in until now.
  private List<Reason.FilterGone> gone(
      ObservedNamespace found, List<CertificateFilter> before, List<CertificateFilter> after) {
    List<KnownLeaf> now = KnownLeaf.now(draft.holders, observed, asOf);
    return before.stream()
        .filter(f -> !after.contains(f))
        .map(f ->
            new Reason.FilterGone(
                f,
                now.stream()
                    .filter(l -> l.isFor(found.name()) && f.matches(l.leaf()))
                    .map(KnownLeaf::text)
                    .distinct()
                    .toList()))
        .toList();
  }

  private static List<LeafPlace> places(List<Holder> holders) {
    return holders.stream().map(h -> h.target().place()).distinct().toList();
  }
}
