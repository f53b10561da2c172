package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import newleaf.observed.Recorded;
import newleaf.observed.RolledBack;
import newleaf.plan.Action;
import newleaf.plan.CaGeneration;
import newleaf.plan.Reason;
import newleaf.plan.Step;
import newleaf.plan.Terms;
import org.junit.jupiter.api.Test;

/// What the journal remembers of rollbacks, and for how long.
class JournalRollbackTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private final Path folder = Jimfs.newFileSystem(Configuration.unix()).getPath("/work/state");

  private static void write(Path folder, List<Entry> entries) {
    Journal journal = Journal.open(folder, CLOCK);
    entries.forEach(journal::append);
  }

  @Test
  void lastRollbackOfACaCountsAndWhatWasApprovedForTheWayForwardIsAskedAgain() {
    write(
        folder,
        List.of(
            new Entry.Approved("retire/ca/pay-g1", "ann"),
            new Entry.Approved("replace/namespace/a.b/ca/pay-g2", "ann"),
            new Entry.Approved("retire/ca/pay-g3", "ann"),
            new Entry.Approved("retire/ca/payroll-g1", "ann"),
            new Entry.RolledBack("booking", 4, 3, "ann"),
            new Entry.RolledBack("pay", 2, 1, "ann")));
    Instant later = NOW.plusSeconds(60);
    Journal.open(folder, InstantSource.fixed(later))
        .append(new Entry.RolledBack("pay", 2, 2, "bob"));
    Recorded recorded = Journal.open(folder, CLOCK).recorded();
    assertThat(recorded.approvals()).containsExactly("retire/ca/pay-g3", "retire/ca/payroll-g1");
    assertThat(recorded.rolledBack())
        .containsExactly(
            new RolledBack("booking", 4, 3, NOW, "ann"), new RolledBack("pay", 2, 2, later, "bob"));
    assertThat(recorded.rolledBack("pay")).map(RolledBack::goesBack).contains(false);
    assertThat(recorded.rolledBack("x")).isEmpty();
  }

  @Test
  void rollbackIsForgottenWhenLeavesComeFromTheNewestAgainAndNotWhenTheyComeFromAnother() {
    write(folder, List.of(new Entry.RolledBack("booking", 2, 1, "ann")));
    for (int other : List.of(1, 3)) {
      write(folder, List.of(new Entry.Begun("t" + other, reissue(other), Optional.empty())));
      assertThat(Journal.open(folder, CLOCK).recorded().rolledBack()).hasSize(1);
    }
    write(folder, List.of(new Entry.Begun("t2", reissue(2), Optional.empty())));
    assertThat(Journal.open(folder, CLOCK).recorded().rolledBack()).isEmpty();
  }

  private static Step reissue(int generation) {
    Subject subject = new Subject("x", Optional.empty(), Optional.empty());
    Action action =
        new Action.ReissueLeaf(
            new LeafPlace.Secret("a", "b"),
            new CaGeneration(new CaRef("booking", "keys"), generation),
            new LeafProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(30), List.of()),
            List.of("n.sdvdw"),
            Optional.empty());
    Terms terms = Terms.of(action, List.of());
    return Step.of("s1", "booking", action, new Reason.Missing(), List.of(), terms);
  }
}
