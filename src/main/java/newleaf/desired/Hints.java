package newleaf.desired;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.Problem;
import newleaf.Source;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;

/// What is allowed in a desired state and yet perhaps not meant.
public final class Hints {
  private final Desired desired;
  private final List<Problem> hints = new ArrayList<>();
  private final Map<String, List<Certificate>> leavesOfCa = new HashMap<>();

  private Hints(Desired desired) {
    this.desired = desired;
    for (LeafSpec leaf : desired.leaves()) {
      leavesOfCa
          .computeIfAbsent(leaf.ca(), _ -> new ArrayList<>())
          .add(Specimen.of(leaf.profile()));
    }
  }

  public static List<Problem> of(Desired desired) {
    Hints hints = new Hints(desired);
    desired.namespaces().forEach(hints::filtersOfNobody);
    hints.unused();
    desired.temporal().ifPresent(hints::rotatesItsOwnAccess);
    return List.copyOf(hints.hints);
  }

  private void filtersOfNobody(NamespaceSpec namespace) {
    for (CertificateFilter filter : namespace.filters().orElse(List.of())) {
      boolean letsIn =
          namespace.cas().stream()
              .flatMap(ca -> leavesOfCa.getOrDefault(ca, List.of()).stream())
              .anyMatch(filter::matches);
      if (!letsIn) {
        add(
            Codes.FILTER_OF_NOBODY,
            namespace.at(),
            "the filter %s of namespace %s lets no leaf of this file in."
                .formatted(filter.text(), namespace.name()),
            "Fine if it is for somebody else; remove it otherwise.");
      }
    }
  }

  private void rotatesItsOwnAccess(TemporalSpec temporal) {
    boolean rotated =
        desired.namespaces().stream().anyMatch(n -> n.name().equals(temporal.namespace()));
    if (rotated && temporal.access() instanceof TemporalSpec.Access.Certificate) {
      add(
          Codes.ROTATES_ITS_OWN_ACCESS,
          temporal.at(),
          ("rotations run in namespace %s by a certificate, and this file rotates the CAs of that"
                  + " namespace; one that goes wrong could lock out what carries it out.")
              .formatted(temporal.namespace()),
          "Use an API key, or a namespace that this file does not name.");
    }
  }

  private void unused() {
    Set<String> accepted =
        desired.namespaces().stream().flatMap(n -> n.cas().stream()).collect(Collectors.toSet());
    for (CaSpec ca : desired.cas()) {
      if (!accepted.contains(ca.name())) {
        unused(ca.at(), "no namespace of this file accepts ca " + ca.name() + ".");
      }
    }
    Set<String> presented =
        Stream.concat(
                desired.workers().stream().map(WorkerSpec::leaf),
                desired.clients().stream().map(ClientSpec::leaf))
            .collect(Collectors.toSet());
    for (LeafSpec leaf : desired.leaves()) {
      if (!presented.contains(leaf.name())) {
        unused(leaf.at(), "no worker or client of this file presents leaf " + leaf.name() + ".");
      }
    }
  }

  private void unused(Source where, String what) {
    add(Codes.UNUSED, where, what, "Remove it if it is of no use.");
  }

  private void add(String code, Source where, String what, String next) {
    hints.add(new Problem(code, where, what, next, Optional.empty()));
  }
}
