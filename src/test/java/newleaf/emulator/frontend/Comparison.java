package newleaf.emulator.frontend;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Two opinions on many paths. Mutable, for one test.
final class Comparison {
  private int bothAccept;
  private int bothRefuse;
  private final Map<String, Difference> explained = new LinkedHashMap<>();
  private final List<String> unexplained = new ArrayList<>();

  static Comparison of(
      Map<String, PathOracle.Question> paths, Function<PathOracle.Question, Verdict> verifier) {
    List<PathOracle.Opinion> opinions = PathOracle.opinions(List.copyOf(paths.values()));
    Comparison comparison = new Comparison();
    int i = 0;
    for (var path : paths.entrySet()) {
      comparison.add(path.getKey(), opinions.get(i++), verifier.apply(path.getValue()));
    }
    return comparison;
  }

  void add(String name, PathOracle.Opinion go, Verdict ours) {
    boolean accepted = ours instanceof Verdict.Accepted;
    if (accepted == go.accepted()) {
      bothAccept += accepted ? 1 : 0;
      bothRefuse += accepted ? 0 : 1;
      return;
    }
    Optional<Difference> difference = Difference.of(go, ours);
    difference.ifPresentOrElse(
        d -> explained.put(name, d),
        () -> unexplained.add(name + ": Go " + go + ", emulator " + ours));
  }

  int bothAccept() {
    return bothAccept;
  }

  int bothRefuse() {
    return bothRefuse;
  }

  Map<String, Difference> explained() {
    return explained;
  }

  List<String> unexplained() {
    return unexplained;
  }

  @Override
  public String toString() {
    Map<Difference, Integer> counts = new EnumMap<>(Difference.class);
    explained.values().forEach(d -> counts.merge(d, 1, Integer::sum));
    int all = bothAccept + bothRefuse + explained.size() + unexplained.size();
    return "%d paths: both accept %d, both refuse %d, explained differences %d %s, unexplained %d"
        .formatted(all, bothAccept, bothRefuse, explained.size(), counts, unexplained.size());
  }
}
