package newleaf.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Fingerprint;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Plan.Known;
import newleaf.plan.Plan.NamespaceBefore;
import newleaf.plan.Plan.Role;
import newleaf.plan.Step;

/// What each step makes of the trust bundle of its namespace. The steps before it count as done, so
/// that a CA which one step adds is there for the next.
final class Bundles {
  /// An accepted CA.
  ///
  /// @param fingerprint empty while it is still to be issued
  record Ca(
      String address,
      boolean foreign,
      String subject,
      Optional<Fingerprint> fingerprint,
      Optional<Instant> notAfter) {

    static Ca coming(String address, String subject) {
      return new Ca(address, false, subject, Optional.empty(), Optional.empty());
    }
  }

  /// @param bytes the size before, as long as it is the one that was observed
  record Change(List<Ca> before, List<Ca> after, Optional<Integer> bytes) {

    List<Ca> dropped() {
      return before.stream().filter(c -> !after.contains(c)).toList();
    }

    List<Ca> added() {
      return after.stream().filter(c -> !before.contains(c)).toList();
    }

    /// `trust bundle 1 -> 2 CAs`
    String count() {
      return "trust bundle %d -> %d CA%s"
          .formatted(before.size(), after.size(), after.size() == 1 ? "" : "s");
    }
  }

  private final Map<Fingerprint, Known> byFingerprint = new HashMap<>();
  private final Map<String, Ca> byAddress = new HashMap<>();
  private final Map<String, List<Ca>> now = new HashMap<>();
  private final Map<String, Integer> bytes = new HashMap<>();
  private final Map<String, List<Ca>> first;
  private final Map<String, Change> changes = new HashMap<>();

  Bundles(Plan plan) {
    for (Known known : plan.known()) {
      byFingerprint.put(known.certificate().fingerprint(), known);
      byAddress.put(known.address(), ca(known));
    }
    for (NamespaceBefore namespace : plan.namespaces()) {
      now.put(namespace.name(), namespace.accepted().stream().map(this::ca).toList());
      bytes.put(namespace.name(), namespace.bundleBytes());
    }
    first = Map.copyOf(now);
    plan.steps().forEach(this::fold);
  }

  /// Empty for a step that changes no bundle.
  Optional<Change> of(Step step) {
    return Optional.ofNullable(changes.get(step.id()));
  }

  List<Ca> before(String namespace) {
    return first.getOrDefault(namespace, List.of());
  }

  /// After the whole plan.
  List<Ca> after(String namespace) {
    return now.getOrDefault(namespace, List.of());
  }

  private void fold(Step step) {
    switch (step.action()) {
      case Action.IssueCa a ->
          byAddress.put(a.ca().address(), Ca.coming(a.ca().address(), ActionText.subject(a)));
      case Action.TrustCa a -> change(step, a.namespace(), trusted(a));
      case Action.RetireCa a -> change(step, a.namespace(), retired(a));
      case Action.SetFilters a when !a.expired().isEmpty() ->
          change(step, a.namespace(), without(a.namespace(), a.expired()));
      case Action.SetFilters _,
          Action.ReissueLeaf _,
          Action.RollWorker _,
          Action.ScaleWorker _,
          Action.AwaitReload _ -> {}
    }
  }

  private void change(Step step, String namespace, List<Ca> after) {
    changes.put(
        step.id(),
        new Change(after(namespace), after, Optional.ofNullable(bytes.remove(namespace))));
    now.put(namespace, after);
  }

  private List<Ca> trusted(Action.TrustCa action) {
    List<Ca> after = new ArrayList<>(without(action.namespace(), action.expired()));
    action.replaces().ifPresent(old -> after.removeIf(c -> c.address().equals(old.address())));
    String address = action.ca().address();
    Ca added = byAddress.getOrDefault(address, Ca.coming(address, ""));
    if (!after.contains(added)) {
      after.add(added);
    }
    return List.copyOf(after);
  }

  private List<Ca> retired(Action.RetireCa action) {
    Set<Fingerprint> gone = new HashSet<>(action.expired());
    gone.add(action.certificate().fingerprint());
    return without(action.namespace(), gone);
  }

  private List<Ca> without(String namespace, Collection<Fingerprint> gone) {
    return after(namespace).stream().filter(c -> !has(c, gone)).toList();
  }

  private static boolean has(Ca ca, Collection<Fingerprint> fingerprints) {
    return ca.fingerprint().filter(fingerprints::contains).isPresent();
  }

  private Ca ca(Fingerprint fingerprint) {
    Known known = byFingerprint.get(fingerprint);
    return known == null
        ? new Ca("unknown", true, "", Optional.of(fingerprint), Optional.empty())
        : ca(known);
  }

  private static Ca ca(Known known) {
    return new Ca(
        known.address(),
        known.role() == Role.FOREIGN_CA,
        known.certificate().subject().value(),
        Optional.of(known.certificate().fingerprint()),
        Optional.of(known.certificate().validity().notAfter()));
  }
}
