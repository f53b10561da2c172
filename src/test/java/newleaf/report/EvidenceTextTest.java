package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import newleaf.Source;
import newleaf.cert.Fingerprint;
import newleaf.plan.Evidence;
import org.junit.jupiter.api.Test;

class EvidenceTextTest {
  private static final Source AT = new Source("f.yaml", 46, 3);

  private static List<String> lines(Evidence evidence) {
    return new EvidenceText(evidence, Samples.NOW, UnaryOperator.identity())
        .lines().stream().map(l -> l.who() + ": " + l.what()).toList();
  }

  private static Evidence of(List<Evidence.Held> holders, List<Evidence.Issued> ledger) {
    return new Evidence(
        "ca/x-g1", List.of("s1"), holders, List.of(), ledger, List.of(), Optional.empty());
  }

  private static Evidence.Held worker(int number) {
    return new Evidence.Held(
        "workers/w" + number,
        "secret/a/w" + number,
        Optional.of(new Fingerprint("ab".repeat(32))),
        Optional.of("ca/x-g2"),
        Optional.of(new Evidence.Pods(3, 3)),
        Optional.of(Samples.NOW.minusSeconds(number)),
        Optional.empty());
  }

  private static Evidence.Issued issued(String place, Evidence.Fate fate, int days) {
    return new Evidence.Issued(
        place, new Fingerprint("ab".repeat(32)), Samples.NOW.plus(Duration.ofDays(days)), fate);
  }

  @Test
  void holderHasItsPodsItsLeafAndItsTime() {
    assertThat(lines(of(List.of(worker(0)), List.of())))
        .containsExactly(
            "workers/w0: 3 of 3 pods on leaf abababab of ca/x-g2 since 2026-11-24T00:00:00Z",
            "leaves issued: none of it that newleaf's journal knows of",
            "elsewhere: no other namespace of the YAML accepts it",
            "at apply: pods, places and pollers are asked once more");
  }

  @Test
  void fleetIsCounted() {
    List<Evidence.Held> many = IntStream.rangeClosed(1, 21).mapToObj(i -> worker(i)).toList();
    assertThat(lines(of(many, List.of())))
        .startsWith(
            "21 holders: on leaves of ca/x-g2, the last since 2026-11-23T23:59:59Z",
            "63 pods: 63 started for the leaf of their place");
  }

  @Test
  void leavesAreToldByWhatBecameOfThem() {
    List<Evidence.Issued> ledger =
        List.of(
            issued("secret/a/b", Evidence.Fate.REPLACED, 3),
            issued("secret/a/c", Evidence.Fate.REPLACED, 9),
            issued("secret/a/d", Evidence.Fate.FORGOTTEN, -2),
            issued("secret/a/e", Evidence.Fate.LAST, 1));
    assertThat(lines(of(List.of(), ledger)))
        .contains(
            "leaves issued: 2 replaced (secret/a/b, secret/a/c), the last until 2026-12-03 (9d);"
                + " 1 not replaced by newleaf (secret/a/e), until 2026-11-25 (1d);"
                + " 1 at places that are no longer in the YAML (secret/a/d),"
                + " expired 2026-11-22 (2d ago)");
  }

  @Test
  void whoIsNotVouchedForStandsOut() {
    Evidence evidence =
        new Evidence(
            "ca/x-g1",
            List.of("s1"),
            List.of(),
            List.of(new Evidence.Client("cli", true, AT), new Evidence.Client("job", false, AT)),
            List.of(),
            List.of("a.b"),
            Optional.empty());
    assertThat(lines(evidence))
        .contains(
            "clients/cli: acknowledged at f.yaml:46:3",
            "clients/job: NOT acknowledged at f.yaml:46:3",
            "elsewhere: still accepted by a.b");
  }
}
