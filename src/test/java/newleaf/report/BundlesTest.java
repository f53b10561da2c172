package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import org.junit.jupiter.api.Test;

class BundlesTest {
  private final Plan plan = new Fleet(1, false, "CN=Acme Root").plan();
  private final Bundles bundles = new Bundles(plan);

  private static List<String> addresses(List<Bundles.Ca> cas) {
    return cas.stream().map(c -> c.foreign() ? "foreign" : c.address()).toList();
  }

  private Bundles.Change of(Class<? extends Action> kind) {
    Step step =
        plan.steps().stream().filter(s -> kind.isInstance(s.action())).findFirst().orElseThrow();
    return bundles.of(step).orElseThrow();
  }

  @Test
  void laterStepSeesWhatAnEarlierOneMade() {
    Bundles.Change trust = of(Action.TrustCa.class);
    Bundles.Change retire = of(Action.RetireCa.class);
    assertThat(addresses(trust.before())).containsExactly("ca/fleet-g1", "foreign");
    assertThat(addresses(trust.after())).containsExactly("ca/fleet-g1", "foreign", "ca/fleet-g2");
    assertThat(retire.before()).isEqualTo(trust.after());
    assertThat(addresses(retire.after())).containsExactly("foreign", "ca/fleet-g2");
    assertThat(bundles.before("ns001.sdvdw")).isEqualTo(trust.before());
    assertThat(bundles.after("ns001.sdvdw")).isEqualTo(retire.after());
  }

  @Test
  void sizeIsToldOnlyWhereItWasObserved() {
    assertThat(of(Action.TrustCa.class).bytes()).contains(1600);
    assertThat(of(Action.RetireCa.class).bytes()).isEmpty();
  }

  @Test
  void certificateThatIsStillToBeIssuedHasASubjectAndNoFingerprint() {
    Bundles.Ca added = of(Action.TrustCa.class).added().getFirst();
    assertThat(added.subject()).isEqualTo("CN=Fleet CA G2,O=Temporal");
    assertThat(added.fingerprint()).isEmpty();
    assertThat(added.notAfter()).isEmpty();
  }

  @Test
  void expiredCaGoesInTheUpdateThatAddsTheNextAndIsNotRetiredAgain() {
    Plan samples = Samples.NORMAL.plan();
    Bundles folded = new Bundles(samples);
    Bundles.Change trust = folded.of(samples.steps().get(1)).orElseThrow();
    assertThat(addresses(trust.dropped())).containsExactly("ca/booking-g1");
    assertThat(addresses(trust.added())).containsExactly("ca/booking-g2");
    Bundles.Change again = folded.of(samples.steps().get(2)).orElseThrow();
    assertThat(again.added()).isEmpty();
    assertThat(folded.of(samples.steps().getLast()).orElseThrow().dropped()).isEmpty();
  }

  @Test
  void stepsThatChangeNoBundleHaveNone() {
    assertThat(bundles.of(plan.steps().getFirst())).isEmpty();
  }
}
