package newleaf.apply;

import newleaf.cert.HeldCertificate;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;

/// The fake keeps the contract.
class FakeLeavesTest extends LeavesContract {
  private static final class Side implements LeafSide {
    private final FakeTime time = new FakeTime(CloudAuthorities.START);
    private final FakeLeaves leaves = new FakeLeaves(time);
    private int places;

    @Override
    public Leaves leaves() {
      return leaves;
    }

    @Override
    public LeafDelivery delivery() {
      return leaves;
    }

    @Override
    public LeafPlace place() {
      return new LeafPlace.Secret("booking", "tls-" + ++places);
    }

    @Override
    public void byHand(LeafPlace place, HeldCertificate leaf) {
      leaves.put(place, leaf, time.instant());
    }

    @Override
    public void close() {
      // nothing runs
    }
  }

  @Override
  LeafSide start() {
    return new Side();
  }
}
