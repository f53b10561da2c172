package newleaf.emulator.frontend;

import static newleaf.emulator.frontend.Difference.CA_AS_LEAF;
import static newleaf.emulator.frontend.Difference.SHARED_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The emulator's verifier and Go's, which is what the service runs, on the same client
/// certificates. What one accepts and the other refuses is named here, or a mistake.
@Tag("real")
class RealPathSuiteTest {
  private static final int RANDOM_PATHS = 3000;
  private static final long SEED = Long.getLong("newleaf.paths.seed", 20261124L);

  /// NIST says that it is valid, or has a revocation list or a policy in mind that nobody asks for.
  private static final Map<String, Difference> PKITS =
      Map.ofEntries(
          Map.entry("4.5.1 Valid Basic Self-Issued Old With New Test1", SHARED_NAME),
          Map.entry("4.5.2 Invalid Basic Self-Issued Old With New Test2", SHARED_NAME),
          Map.entry("4.5.3 Valid Basic Self-Issued New With Old Test3", SHARED_NAME),
          Map.entry("4.6.8 Valid pathLenConstraint Test8", CA_AS_LEAF),
          Map.entry("4.6.14 Valid pathLenConstraint Test14", CA_AS_LEAF),
          Map.entry("4.8.6 Overlapping Policies Test6 (Subpart 1)", CA_AS_LEAF),
          Map.entry("4.8.6 Overlapping Policies Test6 (Subpart 2)", CA_AS_LEAF),
          Map.entry("4.8.6 Overlapping Policies Test6 (Subpart 3)", CA_AS_LEAF),
          Map.entry("4.9.6 Valid Self-Issued requireExplicitPolicy Test6", SHARED_NAME),
          Map.entry("4.11.7 Valid Self-Issued inhibitPolicyMapping Test7", SHARED_NAME),
          Map.entry("4.12.7 Valid Self-Issued inhibitAnyPolicy Test7", SHARED_NAME),
          Map.entry("4.12.9 Valid Self-Issued inhibitAnyPolicy Test9", SHARED_NAME),
          Map.entry("4.14.11 Invalid onlyContainsUserCerts CRL Test11", CA_AS_LEAF),
          Map.entry("4.14.13 Valid onlyContainsCACerts CRL Test13", CA_AS_LEAF));

  @Test
  void everyPathOfPkitsIsJudgedAsByGo() {
    Comparison comparison = Comparison.of(pkits(), Presented::verdict);
    tell("NIST PKITS", comparison);
    assertThat(comparison.unexplained()).isEmpty();
    assertThat(comparison.explained()).isEqualTo(PKITS);
  }

  @Test
  void everyQuirkIsJudgedAsByGoWhereverItStands() {
    Map<String, PathOracle.Question> paths = new LinkedHashMap<>();
    for (Quirk quirk : Quirk.values()) {
      for (int place = 0; place < RandomPaths.PLACES; place++) {
        RandomPaths.Path path = RandomPaths.oneQuirk(quirk, place);
        paths.put(path.told(), path.question());
      }
    }
    Comparison comparison = Comparison.of(paths, Presented::verdict);
    tell(Quirk.values().length + " quirks", comparison);
    assertThat(comparison.unexplained()).isEmpty();
  }

  @Test
  void verdictsWrittenDownForQuirksAreGos() {
    List<PathOracle.Question> questions = new ArrayList<>();
    StringBuilder written = new StringBuilder();
    for (Quirk quirk : Quirk.values()) {
      written.append(quirk).append(' ').append(quirk.verdicts()).append('\n');
      for (int place = 0; place < RandomPaths.PLACES; place++) {
        questions.add(RandomPaths.oneQuirk(quirk, place).question());
      }
    }
    StringBuilder given = new StringBuilder();
    var opinions = PathOracle.opinions(questions).iterator();
    for (Quirk quirk : Quirk.values()) {
      given.append(quirk).append(' ');
      for (int place = 0; place < RandomPaths.PLACES; place++) {
        given.append(opinions.next().accepted() ? '+' : '-');
      }
      given.append('\n');
    }
    assertThat(written.toString()).isEqualTo(given.toString());
  }

  @Test
  void randomPathsAreJudgedAsByGo() {
    Map<String, PathOracle.Question> paths = new LinkedHashMap<>();
    for (long seed = SEED; seed < SEED + RANDOM_PATHS; seed++) {
      RandomPaths.Path path = RandomPaths.anyQuirks(seed);
      paths.put("seed " + seed + ": " + path.told(), path.question());
    }
    Comparison comparison = Comparison.of(paths, Presented::verdict);
    tell("random paths from seed " + SEED, comparison);
    assertThat(comparison.unexplained()).isEmpty();
    assertThat(comparison.bothAccept()).as("enough of either kind").isGreaterThan(200);
    assertThat(comparison.bothRefuse()).isGreaterThan(200);
  }

  @Test
  void laxVerifierWouldBeFound() {
    Comparison comparison = Comparison.of(pkits(), _ -> new Verdict.Accepted());
    tell("NIST PKITS by a verifier that accepts all", comparison);
    assertThat(comparison.unexplained()).hasSizeGreaterThan(50);
  }

  private static Map<String, PathOracle.Question> pkits() {
    Map<String, PathOracle.Question> paths = new LinkedHashMap<>();
    Pkits.vectors().forEach(vector -> paths.put(vector.name(), vector.question()));
    return paths;
  }

  private static void tell(String what, Comparison comparison) {
    System.out.println(what + ": " + comparison);
    comparison.explained().values().stream()
        .distinct()
        .forEach(d -> System.out.println("  " + d + ": " + d.why()));
  }
}
