package newleaf.apply;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// The fake workloads keep the contract.
class FakeRollsTest extends RollsContract {
  @Override
  RollsSide start() {
    return new Side();
  }

  private static final class Side implements RollsSide {
    private static final int SECONDS = 300;
    private static final WorkerRef WORKER = WorkerRef.deployment("booking", "worker");
    private static final LeafPlace PLACE = new LeafPlace.Secret("booking", "tls");

    private final FakeTime time = new FakeTime(CloudAuthorities.START);
    private final FakeCluster cluster = new FakeCluster();

    Side() {
      FakeCloud cloud = new FakeCloud(time);
      cloud.add("booking.acme1", List.of(CloudAuthorities.OLD.certificate()), List.of());
      FakeLeaves leaves = new FakeLeaves(time);
      leaves.put(PLACE, CloudAuthorities.leaf(CloudAuthorities.OLD), time.instant());
      cluster.deployments.put(
          WORKER,
          new FakeDeployment(
              new FakeDeployment.About(WORKER, PLACE, "booking.acme1", "booking"),
              3,
              time,
              cloud,
              leaves));
    }

    @Override
    public WorkerRolls rolls() {
      return cluster;
    }

    @Override
    public WorkerRef worker() {
      return WORKER;
    }

    @Override
    public LeafPlace place() {
      return PLACE;
    }

    @Override
    public void until(String fact, BooleanSupplier condition) {
      for (int second = 0; !condition.getAsBoolean(); second++) {
        if (second == SECONDS) {
          throw new AssertionError("not so within " + SECONDS + " s: " + fact);
        }
        time.pause(Duration.ofSeconds(1));
      }
    }

    @Override
    public void close() {}
  }
}
