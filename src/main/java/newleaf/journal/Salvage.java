package newleaf.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Chooses what of the lines behind a damage is taken over: what makes newleaf more careful, and
/// nothing that lets it go on. A step that was begun makes a soak begin anew, and is looked after
/// unless its end is readable too. Approvals, openings of gates and ends of other steps are lost.
final class Salvage {
  private final List<Line> taken = new ArrayList<>();
  private final Map<String, Integer> left = new LinkedHashMap<>();
  private int unreadable;

  private Salvage() {}

  /// @param before the lines that are good
  /// @param rest from the damage on; empty where a line can not be read
  static Salvage of(List<Line> before, List<Optional<Line>> rest) {
    Salvage salvage = new Salvage();
    Set<Line> seen = new HashSet<>(before);
    List<Line> readable =
        rest.stream()
            .flatMap(Optional::stream)
            .filter(seen::add) // a merge may have doubled it
            .sorted(Comparator.comparingLong(Line::seq))
            .toList();
    salvage.unreadable = (int) rest.stream().filter(Optional::isEmpty).count();
    Set<String> begun =
        readable.stream()
            .map(Line::entry)
            .flatMap(e -> e instanceof Entry.Begun b ? Stream.of(b.attempt()) : Stream.empty())
            .collect(Collectors.toSet());
    readable.forEach(line -> salvage.choose(line, begun));
    return salvage;
  }

  private void choose(Line line, Set<String> begun) {
    switch (line.entry()) {
      case Entry.Begun _,
          Entry.PutBack _,
          Entry.RolledBack _,
          Entry.CaMade _,
          Entry.CaKept _,
          Entry.LeafIssued _ ->
          taken.add(line);
      case Entry.Ended e -> {
        if (begun.contains(e.attempt())) {
          taken.add(line);
        } else {
          leave("end of a step");
        }
      }
      case Entry.Approved _ -> leave("approval");
      case Entry.GateOpened _ -> leave("opening of a gate");
      case Entry.RunStarted _ -> leave("start of a run");
      case Entry.Proved _ -> leave("proof");
    }
  }

  private void leave(String kind) {
    left.merge(kind, 1, Integer::sum);
  }

  List<Line> taken() {
    return List.copyOf(taken);
  }

  /// What is lost, for people.
  String lost() {
    List<String> lost = new ArrayList<>();
    lost.add("lines that can not be read: " + unreadable);
    left.forEach((kind, times) -> lost.add(kind + ": " + times));
    return String.join(", ", lost);
  }
}
