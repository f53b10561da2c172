package newleaf.journal;

final class MemoryLeaseTest extends LeaseStoreContract {
  private final MemoryLease store = new MemoryLease();

  @Override
  protected LeaseStore store() {
    return store;
  }
}
