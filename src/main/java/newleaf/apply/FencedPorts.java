package newleaf.apply;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import newleaf.cert.CaProfile;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.journal.Fence;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;

/// Ports of a run that may lose its lock: before each change it asks whether it still may
/// (invariant I6). Reading needs no permission.
public final class FencedPorts {
  private FencedPorts() {}

  public static Ports of(Ports ports, Fence fence) {
    return new Ports(
        ports.namespaces(),
        new Updates(ports.updates(), fence),
        ports.cas(),
        new Keys(ports.caKeys(), fence),
        ports.leaves(),
        ports.others(),
        new Delivery(ports.delivery(), fence),
        new Rolls(ports.rolls(), fence),
        ports.prover(),
        ports.time());
  }

  private record Updates(NamespaceUpdates real, Fence fence) implements NamespaceUpdates {
    @Override
    public void update(
        String namespace,
        String expectedVersion,
        TrustChange change,
        OperationId operation,
        Runnable onOperation) {
      fence.check();
      real.update(namespace, expectedVersion, change, operation, onOperation);
    }

    @Override
    public Settled settle(String namespace, OperationId operation) {
      return real.settle(namespace, operation);
    }
  }

  private record Keys(CaKeys real, Fence fence) implements CaKeys {
    @Override
    public CaReading make(CaRef ca, int generation, CaProfile profile) {
      fence.check();
      return real.make(ca, generation, profile);
    }

    @Override
    public CaReading renew(CaRef ca, int generation, int of, Duration validity) {
      fence.check();
      return real.renew(ca, generation, of, validity);
    }

    @Override
    public HeldCertificate issue(CaRef ca, int generation, LeafProfile profile) {
      fence.check();
      return real.issue(ca, generation, profile);
    }

    @Override
    public X509Certificate issue(CaRef ca, int generation, LeafProfile profile, PublicKey key) {
      fence.check();
      return real.issue(ca, generation, profile, key);
    }

    @Override
    public boolean held(CaRef ca, int generation) {
      return real.held(ca, generation);
    }

    @Override
    public HeldCertificate stranger(LeafProfile profile) {
      return real.stranger(profile);
    }
  }

  private record Delivery(LeafDelivery real, Fence fence) implements LeafDelivery {
    @Override
    public HeldCertificate issue(LeafPlace place, LeafProfile profile, LeafSource source) {
      return real.issue(place, profile, source);
    }

    @Override
    public void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> expectedVersion) {
      fence.check();
      real.deliver(place, leaf, expectedVersion);
    }

    @Override
    public Optional<HeldCertificate> current(LeafPlace place) {
      return real.current(place);
    }

    @Override
    public Optional<HeldCertificate> previous(LeafPlace place) {
      return real.previous(place);
    }
  }

  private record Rolls(WorkerRolls real, Fence fence) implements WorkerRolls {
    @Override
    public void roll(WorkerRef worker, Fingerprint leaf) {
      fence.check();
      real.roll(worker, leaf);
    }

    @Override
    public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
      fence.check();
      real.scaleToZero(worker, leaf);
    }

    @Override
    public void scaleBack(WorkerRef worker) {
      fence.check();
      real.scaleBack(worker);
    }

    @Override
    public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
      return real.look(worker, leaf);
    }
  }
}
