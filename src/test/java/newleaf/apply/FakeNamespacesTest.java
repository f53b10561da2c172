package newleaf.apply;

/// The fake keeps the contract.
class FakeNamespacesTest extends NamespacesContract {
  @Override
  CloudSide start() {
    return new FakeCloudSide();
  }
}
