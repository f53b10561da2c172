package newleaf.apply;

/// The emulator keeps the contract.
class EmulatedNamespacesTest extends NamespacesContract {
  @Override
  CloudSide start() {
    return new EmulatedCloud(new FakeTime(CloudAuthorities.START));
  }
}
