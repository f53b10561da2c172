package newleaf.apply;

/// The fake keeps the contract.
class FakeProverTest extends ProverContract {
  @Override
  CloudSide start() {
    return new FakeCloudSide();
  }
}
