package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.desired.ClientSpec;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Sweep;

/// Gathers the [Evidence] for a removal that nothing has to happen before.
record Witnesses(Survey survey, Draft draft) {

  /// @param steps that remove the CA, by namespace
  /// @param holders who may connect there
  void testify(ObservedCa old, Map<String, String> steps, List<Holder> holders) {
    Set<Fingerprint> sameKey = survey.sameKey(old);
    draft.evidence.add(
        new Evidence(
            old.address(),
            List.copyOf(steps.values()),
            holders.stream()
                .filter(h -> h.target().namespaces().stream().anyMatch(steps::containsKey))
                .map(this::held)
                .distinct()
                .toList(),
            clients(old),
            ledger(sameKey),
            elsewhere(old, steps.keySet()),
            others(old)));
  }

  private Optional<Sweep> others(ObservedCa old) {
    List<Sweep.Stray> strays = new Strays(survey, draft).of(old);
    return survey.observed.sweep().map(s -> new Sweep(s.looked(), s.notLooked(), strays));
  }

  private Evidence.Held held(Holder holder) {
    Action.Target target = holder.target();
    ObservedLeaf found = survey.leafAt(target.place());
    Optional<Fingerprint> leaf = found.certificate().map(Certificate::fingerprint);
    List<ObservedWorker.Pod> pods =
        target.deployment().flatMap(survey::worker).map(ObservedWorker::pods).orElse(List.of());
    Optional<ClientSpec> client = client(target);
    return new Evidence.Held(
        (client.isPresent() ? "clients/" : "workers/") + target.name(),
        target.place().address(),
        leaf,
        found.issuedBy().flatMap(this::address),
        target.deployment().flatMap(survey::worker).map(w -> pods(w, leaf, found)),
        lastStart(pods).or(found::writtenAt),
        client.filter(ClientSpec::acknowledged).map(ClientSpec::at));
  }

  private static Evidence.Pods pods(
      ObservedWorker worker, Optional<Fingerprint> leaf, ObservedLeaf found) {
    int all = worker.pods().size();
    int behind = leaf.map(l -> worker.notOn(l, found.writtenAt()).size()).orElse(all);
    return new Evidence.Pods(all - behind, all);
  }

  /// Empty when there is no pod, or when of one nobody knows.
  private static Optional<Instant> lastStart(List<ObservedWorker.Pod> pods) {
    return pods.stream().allMatch(p -> p.startedAt().isPresent())
        ? pods.stream().flatMap(p -> p.startedAt().stream()).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  private Optional<String> address(Fingerprint issuer) {
    return survey.ca(issuer).map(ObservedCa::address);
  }

  private Optional<ClientSpec> client(Action.Target target) {
    return survey
        .wanted
        .client(target.name())
        .filter(c -> c.place().equals(Optional.of(target.place())));
  }

  /// Those with a place are holders.
  private List<Evidence.Client> clients(ObservedCa old) {
    return survey.wanted.clients(old.name()).stream()
        .filter(c -> c.place().isEmpty() || !c.acknowledged())
        .map(c -> new Evidence.Client(c.name(), c.acknowledged(), c.at()))
        .toList();
  }

  private List<Evidence.Issued> ledger(Set<Fingerprint> issuers) {
    List<Evidence.Issued> found = new ArrayList<>();
    for (IssuedLeaf leaf : survey.issuedBy(issuers)) {
      leaf.earlier().stream()
          .filter(e -> issuers.contains(e.issuer()))
          .map(e -> issued(leaf.place(), e, Evidence.Fate.REPLACED))
          .forEach(found::add);
      if (issuers.contains(leaf.issuer())) {
        Evidence.Fate fate =
            !draft.holders.isAt(leaf.place()) ? Evidence.Fate.FORGOTTEN : Evidence.Fate.LAST;
        found.add(new Evidence.Issued(leaf.place(), leaf.leaf(), leaf.notAfter(), fate));
      }
    }
    return found;
  }

  private static Evidence.Issued issued(String place, IssuedLeaf.Earlier leaf, Evidence.Fate fate) {
    return new Evidence.Issued(place, leaf.leaf(), leaf.notAfter(), fate);
  }

  private List<String> elsewhere(ObservedCa old, Set<String> here) {
    return survey.trusting(old.certificate().fingerprint()).stream()
        .filter(n -> !here.contains(n.name()))
        .map(ObservedNamespace::name)
        .toList();
  }
}
