package newleaf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import newleaf.cert.Fingerprint;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.json.Json;
import newleaf.observed.CaRef;
import newleaf.observed.JournalPosition;
import newleaf.observed.Recorded;
import org.junit.jupiter.api.Test;

/// The sets of the JDK iterate in another order in each JVM; what is printed must not.
class StableJsonTest {
  private static final List<String> NAMES = IntStream.range(10, 26).mapToObj(i -> "" + i).toList();

  private static List<String> shuffled() {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, new Random(7));
    return names;
  }

  @Test
  void expiredCasAreListedInTheOrderOfTheirFingerprints() {
    var expired = new LinkedHashSet<Fingerprint>();
    shuffled().forEach(n -> expired.add(new Fingerprint(n + "0".repeat(62))));
    Action.TrustCa action =
        new Action.TrustCa(
            "a.b",
            new CaGeneration(new CaRef("a", "keys"), 2),
            Optional.empty(),
            expired,
            new LeafProfile(
                new Subject("a", Optional.empty(), Optional.empty()),
                KeyAlgorithm.EC_P256,
                Duration.ofDays(1),
                List.of()),
            List.of());
    assertThat(action.expired()).extracting(f -> f.value().substring(0, 2)).isEqualTo(NAMES);
    assertThat(Json.read(Json.line(action), Action.class)).isEqualTo(action);
  }

  @Test
  void gatesAndApprovalsAreListedByName() {
    Map<String, Instant> gates = new LinkedHashMap<>();
    shuffled().forEach(n -> gates.put(n, Instant.EPOCH));
    Recorded recorded =
        new Recorded(
            JournalPosition.START,
            gates,
            new HashSet<>(shuffled()),
            new HashSet<>(shuffled()),
            List.of(),
            List.of());
    assertThat(List.copyOf(recorded.gatesOpenedAt().keySet())).isEqualTo(NAMES);
    assertThat(List.copyOf(recorded.approvals())).isEqualTo(NAMES);
    assertThat(Json.read(Json.line(recorded), Recorded.class)).isEqualTo(recorded);
  }
}
