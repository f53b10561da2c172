package newleaf.journal;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.Printable;

/// Brings a state from one place to another. The journal comes last, so the new place holds all or
/// counts as empty; then the old one is put aside, so that nobody goes on from it. May be stopped
/// at any moment and begun again.
public final class StateMove {
  private final Documents from;
  private final Documents to;
  private final Fence fence;
  private final InstantSource clock;

  /// @param fence asked before each change, of the locks of both places
  public StateMove(Documents from, Documents to, Fence fence, InstantSource clock) {
    this.from = from;
    this.to = to;
    this.fence = fence;
    this.clock = clock;
  }

  /// @return what was put aside in the old place
  /// @throws NewleafException Damaged for a journal that is not whole; Refused when there is
  ///   nothing to move, or another state where it is to go
  public List<String> run() {
    Journal journal = Journal.open(from, clock);
    if (journal.position().serial() == 0) {
      throw refused(from, "holds no state", "Name another with --from.");
    }
    try {
      refuseAnother();
      copy(StateFile.in(from), StateFile.in(to));
      for (Archive archive : Archive.in(from)) {
        copy(archive.document(), new Archive(to, archive.from(), archive.to()).document());
      }
      keepPlan(journal);
      copy(from.of(Journal.NAME), to.of(Journal.NAME));
      return List.of(
          aside(StateFile.in(from), "state.moved-", ".json"),
          aside(from.of(Journal.NAME), "journal.moved-", ".jsonl"));
    } catch (IOException e) {
      throw JournalFailures.unwritable(from.where() + " or " + to.where(), e);
    }
  }

  private void refuseAnother() throws IOException {
    Optional<byte[]> there = to.of(Journal.NAME).read();
    byte[] ours = from.of(Journal.NAME).read().orElseThrow();
    if (there.isPresent() && there.get().length > 0 && !Arrays.equals(there.get(), ours)) {
      throw refused(to, "holds another state already", "See it with: newleaf state check");
    }
  }

  private void copy(Document old, Document next) throws IOException {
    Optional<byte[]> content = old.read();
    if (content.isPresent()) {
      fence.check();
      next.read();
      next.replace(content.get());
    }
  }

  /// The last that was begun, for `apply --continue`.
  private void keepPlan(Journal journal) {
    List<String> begun = new ArrayList<>();
    for (Entry entry : journal.entries()) {
      if (entry instanceof Entry.RunStarted run) {
        begun.add(run.planDigest());
      }
    }
    if (!begun.isEmpty()) {
      fence.check();
      PlanFile.find(from, begun.getLast()).ifPresent(plan -> PlanFile.keep(to, plan));
    }
  }

  private String aside(Document old, String name, String ending) throws IOException {
    Optional<byte[]> content = old.read();
    if (content.isEmpty()) {
      return old.where();
    }
    fence.check();
    Document aside = from.of(name + StateRepair.stamp(clock.instant()) + ending);
    aside.read();
    aside.replace(content.get());
    old.delete();
    return aside.where();
  }

  private static NewleafException refused(Documents where, String what, String next) {
    return new NewleafException(
        new Failure.Refused(
            new Explanation("NL6025", Printable.of(where.where()), what + ".", next)));
  }
}
