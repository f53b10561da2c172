package newleaf.simulation;

import newleaf.apply.CaKeys;
import newleaf.apply.NamespaceUpdates;
import newleaf.apply.Ports;
import newleaf.apply.Prover;
import newleaf.apply.WorkerRolls;
import newleaf.observed.Cas;
import newleaf.observed.Leaves;

/// Ports with one of them replaced.
final class Rewired {
  private Rewired() {}

  static Ports updates(Ports p, NamespaceUpdates updates) {
    return new Ports(
        p.namespaces(),
        updates,
        p.cas(),
        p.caKeys(),
        p.leaves(),
        p.others(),
        p.delivery(),
        p.rolls(),
        p.prover(),
        p.time());
  }

  static Ports keys(Ports p, Cas cas, CaKeys keys) {
    return new Ports(
        p.namespaces(),
        p.updates(),
        cas,
        keys,
        p.leaves(),
        p.others(),
        p.delivery(),
        p.rolls(),
        p.prover(),
        p.time());
  }

  static Ports leaves(Ports p, Leaves leaves) {
    return new Ports(
        p.namespaces(),
        p.updates(),
        p.cas(),
        p.caKeys(),
        leaves,
        p.others(),
        p.delivery(),
        p.rolls(),
        p.prover(),
        p.time());
  }

  static Ports rolls(Ports p, WorkerRolls rolls) {
    return new Ports(
        p.namespaces(),
        p.updates(),
        p.cas(),
        p.caKeys(),
        p.leaves(),
        p.others(),
        p.delivery(),
        rolls,
        p.prover(),
        p.time());
  }

  static Ports prover(Ports p, Prover prover) {
    return new Ports(
        p.namespaces(),
        p.updates(),
        p.cas(),
        p.caKeys(),
        p.leaves(),
        p.others(),
        p.delivery(),
        p.rolls(),
        prover,
        p.time());
  }
}
