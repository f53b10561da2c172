package newleaf.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Makes fleets: teams of 10 to 50 namespaces, the last one smaller.
final class FleetMaker {
  private static final int SMALLEST_TEAM = 10;

  private FleetMaker() {}

  static Fleet make(Shape shape, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.SECONDS);
    Keys keys = new Keys(shape.seed());
    List<Integer> sizes = sizes(shape);
    List<Team> teams =
        IntStream.range(0, sizes.size())
            .parallel()
            .mapToObj(i -> new Team(shape, at, keys, i).grow(sizes.get(i)))
            .toList();
    return new Fleet(
        shape,
        at,
        teams.stream().flatMap(t -> t.authorities().stream()).toList(),
        teams.stream().flatMap(t -> t.tenants().stream()).toList());
  }

  private static List<Integer> sizes(Shape shape) {
    Random random = new Random(shape.seed());
    List<Integer> sizes = new ArrayList<>();
    for (int left = shape.namespaces(); left > 0; left -= sizes.getLast()) {
      sizes.add(Math.min(left, random.nextInt(SMALLEST_TEAM, Team.LARGEST + 1)));
    }
    return sizes;
  }
}
