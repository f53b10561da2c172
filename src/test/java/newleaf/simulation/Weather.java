package newleaf.simulation;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import newleaf.cert.HeldCertificate;
import newleaf.observed.LeafPlace;

/// What others do meanwhile: people with other tools, autoscalers, the cluster.
final class Weather {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final World world;
  private final SplittableRandom random;
  private int strangers;

  Weather(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  void begin() {
    world.scheduler.in(
        EVERY,
        () -> {
          if (!world.chaos.isCalm()) {
            change();
            begin();
          }
        });
  }

  private void change() {
    List<Workload> workloads = List.copyOf(world.workloads.values());
    Workload workload = workloads.get(random.nextInt(workloads.size()));
    int number = 1 + random.nextInt(4);
    if (world.chaos.strikes(Fault.POD_RESTARTED)) {
      workload.restart(number);
    }
    if (world.chaos.strikes(Fault.AUTOSCALED)) {
      world.tell(() -> workload.ref().address() + " is scaled to " + number);
      workload.autoscale(number);
    }
    if (world.chaos.strikes(Fault.SECRET_EDITED)) {
      edit(workload.place());
    }
    List<Cloud.Space> spaces = List.copyOf(world.cloud.spaces.values());
    Cloud.Space space = spaces.get(random.nextInt(spaces.size()));
    if (world.chaos.strikes(Fault.FOREIGN_CA) && !space.trust.bundle().isEmpty()) {
      add(space);
    }
    if (world.chaos.strikes(Fault.FOREIGN_REMOVES_CA) && space.trust.bundle().size() > 1) {
      List<X509Certificate> less = new ArrayList<>(space.trust.bundle());
      less.remove(random.nextInt(less.size()));
      world.cloud.edit(space, less);
    }
  }

  /// Between the read and the call of newleaf.
  void overtake(Cloud.Space space) {
    if (random.nextBoolean() && !space.trust.bundle().isEmpty()) {
      add(space);
    } else {
      world.cloud.touch(space);
    }
  }

  private void add(Cloud.Space space) {
    List<X509Certificate> more = new ArrayList<>(space.trust.bundle());
    if (more.size() < 12) {
      more.add(Mint.foreign("Team %d CA".formatted(strangers++), World.BEGIN).certificate());
      world.cloud.edit(space, more);
    }
  }

  /// Back to the leaf before, as a tool does that thinks it owns the Secret.
  private void edit(LeafPlace place) {
    world
        .places
        .at(place)
        .flatMap(Places.Stored::previous)
        .ifPresent((HeldCertificate leaf) -> {
          world.tell(() -> "somebody puts the leaf of before back at " + place.address());
          world.law.meddled(leaf);
          world.places.put(place, leaf, world.now(), true);
          world.written(place);
        });
  }
}
