package newleaf.apply;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What steps that are under way claim, by address, and what those want that had to wait for it:
/// they keep whoever stands behind them from getting in between.
final class ClaimTable {
  private static final class Address {
    private int changing;
    private int relying;
    private final SortedSet<Integer> toChange = new TreeSet<>();
    private final SortedSet<Integer> toRely = new TreeSet<>();

    boolean mayChange(int rank) {
      return changing == 0 && relying == 0 && isFirst(toChange, rank) && isFirst(toRely, rank);
    }

    boolean mayRely(int rank) {
      return changing == 0 && isFirst(toChange, rank);
    }

    private static boolean isFirst(SortedSet<Integer> ranks, int rank) {
      return ranks.isEmpty() || ranks.first() >= rank;
    }
  }

  private final Map<String, Address> addresses = new HashMap<>();

  private Address at(String address) {
    return addresses.computeIfAbsent(address, _ -> new Address());
  }

  /// An address where somebody is in the way of these claims.
  ///
  /// @param rank of two that want the same the one with the lower goes first
  Optional<String> inTheWay(Claims claims, int rank) {
    Optional<String> changed =
        claims.changes().stream().filter(a -> !at(a).mayChange(rank)).findFirst();
    return changed.or(() -> claims.relies().stream().filter(a -> !at(a).mayRely(rank)).findFirst());
  }

  void take(Claims claims) {
    each(claims, a -> a.changing++, a -> a.relying++);
  }

  void release(Claims claims) {
    each(claims, a -> a.changing--, a -> a.relying--);
  }

  /// Until it is [#withdraw]n.
  void reserve(Claims claims, int rank) {
    each(claims, a -> a.toChange.add(rank), a -> a.toRely.add(rank));
  }

  void withdraw(Claims claims, int rank) {
    each(claims, a -> a.toChange.remove(rank), a -> a.toRely.remove(rank));
  }

  private void each(Claims claims, Consumer<Address> changed, Consumer<Address> relied) {
    claims.changes().forEach(address -> changed.accept(at(address)));
    claims.relies().forEach(address -> relied.accept(at(address)));
  }
}
