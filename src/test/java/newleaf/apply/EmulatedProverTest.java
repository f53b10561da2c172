package newleaf.apply;

/// The emulator keeps the contract.
class EmulatedProverTest extends ProverContract {
  @Override
  CloudSide start() {
    return new EmulatedCloud(new FakeTime(CloudAuthorities.START));
  }
}
