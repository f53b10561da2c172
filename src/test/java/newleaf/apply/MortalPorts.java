package newleaf.apply;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.CaProfile;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;

/// Ports of a run that may be killed at each call: at reads before them, at writes before and after
/// them, and at every wait.
final class MortalPorts {
  private MortalPorts() {}

  static Ports of(Ports ports, Tripwire wire) {
    return new Ports(
        names -> {
          wire.moment("before reading namespaces");
          return ports.namespaces().read(names);
        },
        new Updates(ports.updates(), wire),
        ca -> {
          wire.moment("before reading CAs");
          return ports.cas().read(ca);
        },
        new Keys(ports.caKeys(), wire),
        (places, issuers) -> {
          wire.moment("before reading leaves");
          return ports.leaves().read(places, issuers);
        },
        issuers -> {
          wire.moment("before looking into other Secrets");
          return ports.others().find(issuers);
        },
        new Delivery(ports.delivery(), wire),
        new Rolls(ports.rolls(), wire),
        new Proving(ports.prover(), wire),
        new Time(ports.time(), wire));
  }

  private record Updates(NamespaceUpdates inner, Tripwire wire) implements NamespaceUpdates {
    @Override
    public void update(
        String namespace,
        String expectedVersion,
        TrustChange change,
        OperationId operation,
        Runnable onOperation) {
      Runnable accepted = () -> wire.around("the news that it is accepted", onOperation);
      wire.around(
          "update", () -> inner.update(namespace, expectedVersion, change, operation, accepted));
    }

    @Override
    public Settled settle(String namespace, OperationId operation) {
      wire.moment("before settling");
      return inner.settle(namespace, operation);
    }
  }

  private record Keys(CaKeys inner, Tripwire wire) implements CaKeys {
    @Override
    public CaReading make(CaRef ca, int generation, CaProfile profile) {
      wire.moment("before making a CA");
      CaReading made = inner.make(ca, generation, profile);
      wire.moment("after making a CA");
      return made;
    }

    @Override
    public CaReading renew(CaRef ca, int generation, int of, Duration validity) {
      wire.moment("before renewing a CA");
      CaReading made = inner.renew(ca, generation, of, validity);
      wire.moment("after renewing a CA");
      return made;
    }

    @Override
    public HeldCertificate issue(CaRef ca, int generation, LeafProfile profile) {
      wire.moment("before issuing");
      return inner.issue(ca, generation, profile);
    }

    @Override
    public X509Certificate issue(CaRef ca, int generation, LeafProfile profile, PublicKey key) {
      wire.moment("before signing");
      return inner.issue(ca, generation, profile, key);
    }

    @Override
    public boolean held(CaRef ca, int generation) {
      return inner.held(ca, generation);
    }

    @Override
    public HeldCertificate stranger(LeafProfile profile) {
      return inner.stranger(profile);
    }
  }

  private record Delivery(LeafDelivery inner, Tripwire wire) implements LeafDelivery {
    @Override
    public HeldCertificate issue(LeafPlace place, LeafProfile profile, LeafSource source) {
      return inner.issue(place, profile, source);
    }

    @Override
    public void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> version) {
      wire.around("delivery", () -> inner.deliver(place, leaf, version));
    }

    @Override
    public Optional<HeldCertificate> current(LeafPlace place) {
      wire.moment("before loading a leaf");
      return inner.current(place);
    }

    @Override
    public Optional<HeldCertificate> previous(LeafPlace place) {
      return inner.previous(place);
    }
  }

  private record Rolls(WorkerRolls inner, Tripwire wire) implements WorkerRolls {
    @Override
    public void roll(WorkerRef worker, Fingerprint leaf) {
      wire.around("roll", () -> inner.roll(worker, leaf));
    }

    @Override
    public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
      wire.around("scaling to zero", () -> inner.scaleToZero(worker, leaf));
    }

    @Override
    public void scaleBack(WorkerRef worker) {
      wire.around("scaling back", () -> inner.scaleBack(worker));
    }

    @Override
    public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
      wire.moment("before looking at workers");
      return inner.look(worker, leaf);
    }
  }

  private record Proving(Prover inner, Tripwire wire) implements Prover {
    @Override
    public Verdict connect(Endpoint endpoint, HeldCertificate leaf) {
      wire.moment("before connecting");
      return inner.connect(endpoint, leaf);
    }

    @Override
    public List<Poller> pollers(Endpoint endpoint, HeldCertificate leaf, String taskQueue) {
      wire.moment("before asking for pollers");
      return inner.pollers(endpoint, leaf, taskQueue);
    }
  }

  private record Time(Timeline inner, Tripwire wire) implements Timeline {
    @Override
    public void pause(Duration duration) throws InterruptedException {
      wire.moment("in a wait");
      inner.pause(duration);
    }

    @Override
    public Instant instant() {
      return inner.instant();
    }
  }
}
