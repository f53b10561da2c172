package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.Newleaf;
import newleaf.Source;
import newleaf.apply.Ending;
import newleaf.apply.Progress;
import newleaf.cert.CaProfile;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Fingerprint;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.cert.Validity;
import newleaf.observed.CaRef;
import newleaf.observed.JournalPosition;
import newleaf.observed.LeafPlace;
import newleaf.observed.Sweep;
import newleaf.observed.WorkerRef;
import newleaf.plan.Action;
import newleaf.plan.Blocker;
import newleaf.plan.CaGeneration;
import newleaf.plan.Due;
import newleaf.plan.Evidence;
import newleaf.plan.Gate;
import newleaf.plan.LaterRemoval;
import newleaf.plan.Notice;
import newleaf.plan.Plan;
import newleaf.plan.Reason;
import newleaf.plan.Step;
import newleaf.plan.Summary;
import newleaf.plan.Terms;

/// One of every action, reason and gate, with a text of the caller's wherever one can come from
/// outside.
record Samples(String text) {
  static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  static final Samples NORMAL = new Samples("temporal-booking");
  private static final Source AT = new Source("examples/ca-rollover.yaml", 14, 18);
  private static final List<String> NONE = List.of();

  List<Action> actions() {
    CaGeneration first = new CaGeneration(new CaRef("booking", "keys"), 1);
    CaGeneration second = new CaGeneration(new CaRef("booking", "keys"), 2);
    Subject subject = new Subject(text, Optional.of("Temporal"), Optional.empty());
    LeafProfile leaf =
        new LeafProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(30), List.of());
    LeafPlace place = new LeafPlace.Secret("temporal-booking", "temporal-booking-tls");
    Action.Target target =
        new Action.Target(
            "booking",
            place,
            List.of(text),
            Optional.of(WorkerRef.deployment("temporal-booking", text)),
            Optional.of(text));
    List<CertificateFilter> filters =
        List.of(
            new CertificateFilter(
                Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty()));
    return List.of(
        new Action.IssueCa(
            second,
            new CaProfile(subject, KeyAlgorithm.EC_P384, Duration.ofDays(365)),
            Optional.empty()),
        new Action.TrustCa(
            text, second, Optional.empty(), Set.of(fingerprint()), leaf, List.of(place)),
        new Action.TrustCa(text, second, Optional.of(first), Set.of(), leaf, List.of()),
        new Action.SetFilters(text, List.of(), filters, Set.of(), List.of(place)),
        new Action.ReissueLeaf(place, second, leaf, List.of(text), Optional.empty()),
        new Action.ReissueLeaf(
            new LeafPlace.Directory(text), second, leaf, List.of(text), Optional.empty()),
        new Action.RollWorker(target),
        new Action.ScaleWorker(target),
        new Action.AwaitReload(target),
        new Action.RetireCa(
            text, first, certificate(), Optional.of(second), Set.of(), leaf, List.of(target)));
  }

  List<Reason> reasons() {
    return List.of(
        new Reason.Missing(),
        new Reason.NearingExpiry(NOW.plusSeconds(9), NOW, Duration.ofDays(60), AT),
        new Reason.Expired(NOW),
        new Reason.SpecChanged("subject", text, "CN=x"),
        new Reason.WrongIssuer(text, "ca/booking-g2"),
        new Reason.KeyMismatch(),
        new Reason.KeyElsewhere("namespace/" + text),
        new Reason.NotTrusted("ca/booking-g2"),
        new Reason.NotLoaded(List.of(text, "b")),
        new Reason.JustWritten(NOW),
        new Reason.LeftAtZero(3),
        new Reason.LeafReissued(),
        new Reason.NoLongerUsed("ca/booking-g2"),
        new Reason.LeafFilteredOut(text),
        new Reason.MtlsOff(text),
        new Reason.NoLongerWanted("ca/booking-g1"),
        new Reason.FiltersDiffer(
            List.of(
                new Reason.FilterGone(
                    new CertificateFilter(
                        Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty()),
                    List.of("secret/a/b (CN=" + text + ", no SAN)")))));
  }

  List<Gate> gates() {
    Duration soak = Duration.ofMinutes(10);
    List<String> last = List.of("s10");
    return List.of(
        new Gate.Soak("soak/ca/booking-g1", NONE, last, soak, Optional.empty()),
        new Gate.Soak("soak/ca/booking-g1", NONE, last, soak, Optional.of(NOW)),
        new Gate.Approval("retire/ca/booking-g1", NONE, last, question(), false),
        new Gate.Approval("retire/ca/booking-g1", NONE, last, question(), true),
        new Gate.Acknowledgement("clients/ca/booking-g1", NONE, last, List.of(text, "cli")),
        new Gate.NotBefore("not-before/ca/booking", NONE, last, NOW.plusSeconds(60), AT));
  }

  List<Progress> progress() {
    return List.of(
        new Progress.Pods(1, 3),
        new Progress.PodsLeft(2),
        new Progress.Polling(2, 3, text),
        new Progress.Proving("a leaf of " + text + " accepted", 2, 3, "refused (" + text + ")"),
        new Progress.Accepted("newleaf-1f-s2"),
        new Progress.TimeGiven("mounted files follow", NOW.plusSeconds(120)));
  }

  Failure failure() {
    return new Failure.RemoteError(
        new Explanation(
            "NL3014", "namespace/" + text, "operation x has not ended.", "Run: newleaf apply"));
  }

  Ending ending() {
    List<Step> steps = steps();
    return new Ending(
        4,
        steps.size(),
        List.of(new Ending.Failed(steps.get(4), failure())),
        gates(),
        steps.subList(5, 7),
        Duration.ofSeconds(100));
  }

  private String question() {
    return "remove CN=" + text + ",O=Temporal for good?";
  }

  List<Step> steps() {
    List<Action> actions = actions();
    List<Reason> reasons = reasons();
    return java.util.stream.IntStream.range(0, actions.size())
        .mapToObj(i -> step("s" + (i + 1), "booking", actions.get(i), reasons.get(i + 1)))
        .toList();
  }

  static Step step(String id, String rotation, Action action, Reason reason) {
    return Step.of(id, rotation, action, reason, List.of(), Terms.of(action, List.of()));
  }

  Plan plan() {
    return plan(steps(), gates());
  }

  Plan plan(List<Step> steps, List<Gate> gates) {
    Due due = new Due("directory/" + text, Due.What.EXPIRY, NOW.plusSeconds(90));
    return new Plan(
        Plan.FORMAT_VERSION,
        Newleaf.VERSION,
        "sha256:" + "5c".repeat(32),
        NOW,
        NOW.plus(Duration.ofDays(1)),
        text + ".yaml",
        "0".repeat(64),
        JournalPosition.START,
        Optional.empty(),
        new Plan.Looked(1, 2, 1),
        false,
        new Summary(1, 2, 1, 2, 1, 1, 1, 1, 4, 1, 1),
        Optional.of(due),
        List.of(
            new Plan.RotationOutlook(
                "booking",
                true,
                Optional.of(due),
                Duration.ofMinutes(9),
                Optional.of(Duration.ofDays(-7)))),
        steps,
        gates,
        List.of(new Blocker(new Explanation("NL5002", "namespace/" + text, "is busy.", "Wait."))),
        List.of(due),
        List.of(
            new Notice(Notice.What.EXPIRED_FOREIGN_CA, "namespace/" + text, "CN=" + text, NOW),
            new Notice(Notice.What.UNMANAGED_LEAF, "directory/" + text, "CN=" + text, NOW),
            new Notice(Notice.What.UNMANAGED_NAMESPACE, "namespace/" + text, "leaves", NOW),
            new Notice(Notice.What.ROLLED_BACK, "ca/" + text, "by " + text, NOW),
            new Notice(Notice.What.ROLLED_BACK_ENDS_SOON, "ca/" + text, "CN=" + text, NOW),
            new Notice(Notice.What.WORKERS_PAUSE, "statefulset/" + text, text, Optional.empty()),
            new Notice(Notice.What.AUTOSCALER_RESTS, "rollout/" + text, text, Optional.empty())),
        List.of(new Plan.NamespaceBefore(text, "v1", 800, List.of(fingerprint()))),
        List.of(new Plan.Known(Plan.Role.CA, "ca/booking-g1", certificate())),
        List.of(
            new LaterRemoval(
                "booking", "ca/booking-g1", List.of(text), List.of(text), "soak/x", NOW)),
        List.of(evidence()));
  }

  private Evidence evidence() {
    return new Evidence(
        "ca/booking-g1",
        List.of("s10"),
        List.of(
            new Evidence.Held(
                "workers/" + text,
                "directory/" + text,
                Optional.of(fingerprint()),
                Optional.of("ca/" + text),
                Optional.of(new Evidence.Pods(2, 2)),
                Optional.of(NOW),
                Optional.empty()),
            new Evidence.Held(
                "clients/" + text,
                "directory/" + text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Source(text, 1, 2)))),
        List.of(
            new Evidence.Client(text, true, new Source(text, 1, 2)),
            new Evidence.Client("b", false, new Source(text, 1, 2))),
        Arrays.stream(Evidence.Fate.values())
            .map(fate -> new Evidence.Issued("directory/" + text, fingerprint(), NOW, fate))
            .toList(),
        List.of(text),
        Optional.of(
            new Sweep(
                2,
                Optional.of(text),
                List.of(
                    new Sweep.Stray(
                        new LeafPlace.Secret("a", text), certificate(), fingerprint())))));
  }

  private Certificate certificate() {
    DistinguishedName name = new DistinguishedName("CN=" + text);
    return new Certificate(
        fingerprint(), name, name, new Validity(NOW, NOW), List.of(), "ec-p384", true);
  }

  private static Fingerprint fingerprint() {
    return new Fingerprint("ab".repeat(32));
  }
}
