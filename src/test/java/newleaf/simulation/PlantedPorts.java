package newleaf.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import newleaf.apply.CaKeys;
import newleaf.apply.Ports;
import newleaf.apply.Prover;
import newleaf.apply.WorkerRolls;
import newleaf.cert.CaProfile;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.journal.Fence;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;

/// Faults of the protocol that stand in what is looked at, in the keys, the cluster, the journal
/// and the lock.
final class PlantedPorts {
  private PlantedPorts() {}

  static Map<String, Plant> all() {
    Map<String, Plant> all = new TreeMap<>();
    all.put("probe skipped", new Probing(false));
    all.put("any frontend will do", new Probing(true));
    all.put("second CA made on resume", new SecondCa());
    all.put("not scaled back", rolling(Rolling.Fault.NOT_BACK));
    all.put("replica count forgotten", rolling(Rolling.Fault.BACK_TO_ONE));
    all.put("rolled again and again", rolling(Rolling.Fault.AGAIN));
    all.put("pods believed to have moved", rolling(Rolling.Fault.BELIEVED));
    all.put("right leaf reissued", new Forgetful());
    all.put(
        "fence ignored",
        new Plant() {
          @Override
          public void fence(Fence fence) {
            // it acts whoever holds the lock by now
          }
        });
    all.put(
        "journal after the call",
        new Plant() {
          @Override
          public void killed(Path state) {
            loseLastLine(state.resolve("journal.jsonl"));
          }
        });
    return all;
  }

  /// As if it had been about to be written.
  private static void loseLastLine(Path journal) {
    try {
      if (Files.exists(journal)) {
        List<String> lines = Files.readAllLines(journal);
        if (!lines.isEmpty() && lines.getLast().contains("\"begun\"")) {
          lines.removeLast();
          Files.writeString(journal, String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Goes by what the service says of itself, or by one frontend that answers well.
  private record Probing(boolean anyFrontend) implements Plant {
    @Override
    public Ports ports(Ports ports, World world, Life life) {
      Prover inner = ports.prover();
      return Rewired.prover(
          ports,
          new Prover() {
            @Override
            public Verdict connect(Endpoint endpoint, HeldCertificate leaf) {
              Verdict _ = inner.connect(endpoint, leaf);
              Cloud.Space space = world.cloud.space(endpoint.namespace());
              boolean accepted =
                  anyFrontend
                      ? space.frontends.stream().anyMatch(t -> t.accepts(leaf, world.now()))
                      : space.trust.accepts(leaf, world.now());
              return accepted ? new Verdict.Accepted() : new Verdict.Rejected("bad_certificate");
            }

            @Override
            public List<Poller> pollers(Endpoint endpoint, HeldCertificate leaf, String queue) {
              return inner.pollers(endpoint, leaf, queue);
            }
          });
    }
  }

  /// Does not look for what an earlier run made, and makes another one.
  private static final class SecondCa implements Plant {
    @Override
    public Ports ports(Ports ports, World world, Life life) {
      CaKeys inner = ports.caKeys();
      Set<CaReading> ofThisRun = new HashSet<>();
      return Rewired.keys(
          ports,
          ca ->
              ports.cas().read(ca).stream()
                  .filter(r -> isTrusted(r, world) || ofThisRun.contains(r))
                  .toList(),
          new CaKeys() {
            @Override
            public CaReading make(CaRef ca, int generation, CaProfile profile) {
              var _ = world.authorities.of(ca).remove(generation);
              CaReading made = inner.make(ca, generation, profile);
              ofThisRun.add(made);
              return made;
            }

            @Override
            public CaReading renew(CaRef ca, int generation, int of, Duration validity) {
              return inner.renew(ca, generation, of, validity);
            }

            @Override
            public HeldCertificate issue(CaRef ca, int generation, LeafProfile profile) {
              return inner.issue(ca, generation, profile);
            }

            @Override
            public X509Certificate issue(
                CaRef ca, int generation, LeafProfile profile, PublicKey key) {
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
          });
    }

    private static boolean isTrusted(CaReading ca, World world) {
      return world.cloud.spaces.values().stream()
          .anyMatch(s -> s.trust.bundle().contains(ca.certificate()));
    }
  }

  /// Takes each leaf for one of an unknown issuer.
  private static final class Forgetful implements Plant {
    @Override
    public Ports ports(Ports ports, World world, Life life) {
      return Rewired.leaves(
          ports,
          (places, issuers) ->
              ports.leaves().read(places, issuers).stream()
                  .map(l ->
                      life.upTo(10) > 0
                          ? l
                          : new ObservedLeaf(
                              l.place(),
                              l.certificate(),
                              Optional.empty(),
                              l.keyMatches(),
                              l.version(),
                              l.writtenAt(),
                              l.owner()))
                  .toList());
    }
  }

  private static Plant rolling(Rolling.Fault fault) {
    return new Plant() {
      @Override
      public Ports ports(Ports ports, World world, Life life) {
        return Rewired.rolls(ports, new Rolling(ports.rolls(), world, fault));
      }
    };
  }

  private record Rolling(WorkerRolls inner, World world, Fault fault) implements WorkerRolls {
    enum Fault {
      NOT_BACK,
      BACK_TO_ONE,
      AGAIN,
      BELIEVED
    }

    @Override
    public void roll(WorkerRef worker, Fingerprint leaf) {
      if (fault == Fault.AGAIN) {
        world.workloads.get(worker).annotation = Optional.empty();
      }
      inner.roll(worker, leaf);
    }

    @Override
    public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
      inner.scaleToZero(worker, leaf);
    }

    @Override
    public void scaleBack(WorkerRef worker) {
      Workload workload = world.workloads.get(worker);
      if (fault == Fault.BACK_TO_ONE && workload.kept.isPresent()) {
        workload.kept = Optional.of(1);
      }
      if (fault != Fault.NOT_BACK) {
        inner.scaleBack(worker);
      }
    }

    @Override
    public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
      ObservedWorker now = inner.look(worker, leaf);
      Optional<Fingerprint> there =
          world.places.current(leaf).map(l -> Mint.fingerprint(l.certificate()));
      return fault == Fault.BELIEVED
          ? new ObservedWorker(
              now.worker(),
              now.exists(),
              now.replicas(),
              true,
              now.stuck(),
              now.mountsSecret(),
              now.pods().stream()
                  .map(p -> new ObservedWorker.Pod(p.name(), true, there, p.startedAt()))
                  .toList())
          : now;
    }
  }
}
