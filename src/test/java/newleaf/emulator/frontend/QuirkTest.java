package newleaf.emulator.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The emulator judges odd certificates as Go does, by the verdicts that [RealPathSuiteTest] holds
/// against Go itself.
class QuirkTest {
  @ParameterizedTest
  @EnumSource(Quirk.class)
  void quirkIsJudgedAsByGoWhereverItStands(Quirk quirk) {
    // the only one of which the emulator never learns: JSSE has cut it off
    String why = quirk == Quirk.TRAILING_OCTET ? "x509: trailing data" : "";
    Comparison comparison = new Comparison();
    for (int place = 0; place < RandomPaths.PLACES; place++) {
      RandomPaths.Path path = RandomPaths.oneQuirk(quirk, place);
      var go = new PathOracle.Opinion(quirk.verdicts().charAt(place) == '+', why);
      comparison.add(path.told(), go, Presented.verdict(path.question()));
    }
    assertThat(comparison.unexplained()).isEmpty();
  }
}
