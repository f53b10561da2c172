package newleaf.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.LeafProfile;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedNamespace;

/// Filters are widened before a leaf that needs it is issued, and set to what is wanted after every
/// leaf has moved. Setting the first filter of a namespace narrows it, so that comes last too. Each
/// change is tried on every known leaf first.
record FilterSteps(Survey survey, Draft draft, String rotation) {

  /// @param reissuing whose leaf is about to be reissued
  /// @param needs step ids by namespace
  /// @return step ids by namespace
  Map<String, String> widen(List<Holder> reissuing, Function<String, List<String>> needs) {
    Map<String, String> steps = new LinkedHashMap<>();
    Map<String, List<Holder>> byNamespace = byNamespace(reissuing);
    for (ObservedNamespace namespace : survey.namespaces(byNamespace.keySet())) {
      List<Holder> here = byNamespace.get(namespace.name());
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
        List<String> all =
            Stream.concat(needs.apply(namespace.name()).stream(), lastFilters(namespace.name()))
                .toList();
        String step =
            draft.add(rotation, change(namespace, widened, places(here), all), reason, all);
        steps.put(namespace.name(), step);
      }
    }
    return steps;
  }

  private static Map<String, List<Holder>> byNamespace(List<Holder> holders) {
    Map<String, List<Holder>> found = new LinkedHashMap<>();
    for (Holder holder : holders) {
      holder.target().namespaces().stream()
          .distinct()
          .forEach(n -> found.computeIfAbsent(n, _ -> new ArrayList<>()).add(holder));
    }
    return found;
  }

  /// Another rotation may have widened the filters already.
  private Stream<String> lastFilters(String namespace) {
    return draft.index.lastFilters(namespace).map(Step::id).stream();
  }

  /// The filter that the YAML wants for it, if it does.
  private CertificateFilter lettingIn(String namespace, Certificate leaf, LeafProfile profile) {
    return survey.wanted.namespace(namespace).stream()
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
    List<Holder> here = draft.holders.in(spec.name());
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
    for (KnownLeaf leaf : KnownLeaf.then(found.name(), survey, draft)) {
      if (leaf.passes(before) && !leaf.passes(after) && !passesElsewhere(leaf, found)) {
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
    return leaf.namespaces().stream()
        .filter(n -> !n.equals(found.name()))
        .flatMap(n -> survey.namespace(n).stream())
        .anyMatch(n -> leaf.passes(draft.filters(n)));
  }

  private void mayLockOut(
      KnownLeaf leaf, ObservedNamespace found, List<String> needs, String step) {
    String id = "lockout/namespace/" + found.name() + "/" + leaf.address();
    String question =
        "these filters lock out the leaf at "
            + leaf.text()
            + ", which is no longer in the YAML; shall they?";
    draft.gate(
        new Gate.Approval(
            id, needs, List.of(step), question, survey.recorded().approvals().contains(id)));
  }

  /// Which filters go, and whom each of them let in until now.
  private List<Reason.FilterGone> gone(
      ObservedNamespace found, List<CertificateFilter> before, List<CertificateFilter> after) {
    List<KnownLeaf> now = KnownLeaf.now(found.name(), survey, draft);
    return before.stream()
        .filter(f -> !after.contains(f))
        .map(f ->
            new Reason.FilterGone(
                f,
                now.stream()
                    .filter(l -> f.matches(l.leaf()))
                    .map(KnownLeaf::text)
                    .distinct()
                    .toList()))
        .toList();
  }

  private static List<LeafPlace> places(List<Holder> holders) {
    return holders.stream().map(h -> h.target().place()).distinct().toList();
  }
}
