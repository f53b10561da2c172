package newleaf.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Steps that nothing holds back but each other and the service's limit. What it costs to choose
/// one does not grow with how many there are: a step that met another is only looked at again when
/// the address where they met is left.
final class Turns {
  private final ClaimTable claims = new ClaimTable();
  private final TreeMap<Integer, Turn> operations = new TreeMap<>();
  private final TreeMap<Integer, Turn> others = new TreeMap<>();

  /// By the address where somebody was in their way.
  private final Map<String, List<Turn>> waiting = new HashMap<>();

  /// @param blocked stays claimed for good
  Turns(List<Claims> blocked) {
    blocked.forEach(claims::take);
  }

  void add(Turn turn) {
    Turn _ = queue(turn).put(turn.rank(), turn);
  }

  private SortedMap<Integer, Turn> queue(Turn turn) {
    return Course.isOperation(turn.step()) ? operations : others;
  }

  /// Takes the first that meets nobody, and its claims.
  ///
  /// @param operationFree whether the service would take one more operation
  /// @param operationFirst whether that goes before any other step
  Optional<Turn> next(boolean operationFree, boolean operationFirst) {
    while (true) {
      Optional<Turn> first = first(operationFree, operationFirst);
      if (first.isEmpty()) {
        return first;
      }
      Turn turn = first.get();
      Turn _ = queue(turn).remove(turn.rank());
      Optional<String> met = claims.inTheWay(turn.claims(), turn.rank());
      if (met.isEmpty()) {
        claims.withdraw(turn.claims(), turn.rank());
        claims.take(turn.claims());
        return first;
      }
      claims.reserve(turn.claims(), turn.rank());
      waiting.computeIfAbsent(met.get(), _ -> new ArrayList<>()).add(turn);
    }
  }

  private Optional<Turn> first(boolean operationFree, boolean operationFirst) {
    boolean operation =
        operationFree
            && !operations.isEmpty()
            && (operationFirst || others.isEmpty() || operations.firstKey() < others.firstKey());
    TreeMap<Integer, Turn> queue = operation ? operations : others;
    return Optional.ofNullable(queue.firstEntry()).map(Map.Entry::getValue);
  }

  /// Its claims are others' to take.
  void release(Turn turn) {
    claims.release(turn.claims());
    turn.claims().changes().forEach(this::look);
    turn.claims().relies().forEach(this::look);
  }

  private void look(String address) {
    Optional.ofNullable(waiting.remove(address)).ifPresent(turns -> turns.forEach(this::add));
  }
}
