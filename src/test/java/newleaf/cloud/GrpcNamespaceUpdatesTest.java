package newleaf.cloud;

import static io.temporal.api.cloud.operation.v1.AsyncOperation.State.STATE_CANCELLED;
import static io.temporal.api.cloud.operation.v1.AsyncOperation.State.STATE_FAILED;
import static io.temporal.api.cloud.operation.v1.AsyncOperation.State.STATE_REJECTED;
import static newleaf.cloud.Samples.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.NamespaceUpdates.Settled;
import newleaf.apply.OperationId;
import newleaf.apply.TrustChange;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.cert.Pem;
import newleaf.journal.Fence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcNamespaceUpdatesTest {
  private static final X509Certificate OLD = TestAuthority.named("Old CA").certificate();
  private static final X509Certificate OTHER = TestAuthority.named("Other CA").certificate();
  private static final X509Certificate NEW = TestAuthority.named("New CA").certificate();
  private static final OperationId OPERATION = new OperationId("op-1");

  private final AtomicInteger accepted = new AtomicInteger();
  private CloudRig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new CloudRig();
    rig.cloud.namespaces.put(NAME, Samples.namespace(NAME, OLD, OTHER));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void addedCaIsAppendedAndAllElseIsSentBackAsReceived() {
    Namespace before = stored();

    update(add(NEW));

    Namespace.Builder wanted = before.toBuilder().setResourceVersion("v1+");
    wanted
        .getSpecBuilder()
        .getMtlsAuthBuilder()
        .setAcceptedClientCa(ByteString.copyFromUtf8(Pem.of(List.of(OLD, OTHER, NEW))));
    assertThat(stored()).isEqualTo(wanted.build());
    assertThat(rig.cloud.updates).hasSize(1);
    assertThat(rig.cloud.updates.getFirst().getAsyncOperationId()).isEqualTo("op-1");
    assertThat(accepted).hasValue(1);
  }

  /// It lost its lock while it waited to be let in again.
  @Test
  void triesAreNotSentByARunThatHasLostItsLock() {
    rig.cloud.failUpdatesBefore.add(Status.UNAVAILABLE);
    int[] asked = {0};
    Fence fence =
        () -> {
          if (++asked[0] > 1) {
            throw new NewleafException(
                new Failure.LockHeld(new Explanation("NL6009", "lock", "is lost.", "Wait.")));
          }
        };
    GrpcNamespaceUpdates updates =
        GrpcNamespaceUpdates.fenced(
            rig.channel, rig.timeline, new Random(1), Duration.ofMinutes(10), fence);
    assertThatThrownBy(() -> updates.update(NAME, "v1", add(NEW), OPERATION, () -> {}))
        .hasMessageContaining("NL6009");
    assertThat(asked[0]).isEqualTo(2);
    assertThat(bundle()).doesNotContain(NEW);
  }

  @Test
  void removedCaGoesAndTheOthersKeepTheirOrder() {
    update(new TrustChange(List.of(NEW), Set.of(Fingerprint.of(OLD)), Optional.empty()));
    assertThat(bundle()).containsExactly(OTHER, NEW);
  }

  @Test
  void addingTurnsMtlsOn() {
    rig.cloud.namespaces.put(NAME, Samples.namespace(NAME));
    update(add(NEW));
    assertThat(stored().getSpec().getMtlsAuth().getEnabled()).isTrue();
    assertThat(bundle()).containsExactly(NEW);
  }

  @Test
  void filtersAreChangedWithoutTouchingTheBundle() {
    Namespace before = stored();
    CertificateFilter kept = filter("pay.*");
    CertificateFilter added = filter("pay2");

    update(new TrustChange(List.of(), Set.of(), Optional.of(List.of(added, kept))));

    Namespace.Builder wanted = before.toBuilder().setResourceVersion("v1+");
    wanted
        .getSpecBuilder()
        .getMtlsAuthBuilder()
        .addCertificateFilters(0, NamespaceMessages.message(added));
    assertThat(stored()).isEqualTo(wanted.build());
  }

  @Test
  void lastCaIsNotRemovedWhileMtlsIsOn() {
    NewleafException refused =
        fails(
            new TrustChange(
                List.of(), Set.of(Fingerprint.of(OLD), Fingerprint.of(OTHER)), Optional.empty()));
    assertThat(refused.failure()).isInstanceOf(Failure.Refused.class);
    assertThat(refused).hasMessageContaining("NL3006").hasMessageContaining("namespace/" + NAME);
    assertThat(rig.cloud.updates).isEmpty();
  }

  @Test
  void movedVersionIsStaleAndNothingIsSent() {
    rig.cloud.namespaces.put(NAME, stored().toBuilder().setResourceVersion("v2").build());
    NewleafException stale = fails(add(NEW));
    assertThat(stale.failure()).isInstanceOf(Failure.Stale.class);
    assertThat(stale).hasMessageContaining("NL3005").hasMessageContaining("v2");
    assertThat(rig.cloud.updates).isEmpty();
  }

  @Test
  void versionThatMovesBetweenReadAndUpdateIsStale() {
    for (Status status :
        List.of(
            Status.FAILED_PRECONDITION.withDescription("moved"),
            Status.ABORTED,
            Status.INVALID_ARGUMENT.withDescription("Resource Version does not match"))) {
      rig.cloud.failUpdatesBefore.add(status);
      assertThat(fails(add(NEW)).failure()).isInstanceOf(Failure.Stale.class);
    }
    assertThat(accepted).hasValue(0);
  }

  @Test
  void refusalIsToldInTheServicesOwnWords() {
    rig.cloud.failUpdatesBefore.add(
        Status.INVALID_ARGUMENT.withDescription("invalid ca certificate: 1 error:\n\t* \u001b[2J"));
    NewleafException refused = fails(add(NEW));
    assertThat(refused.failure()).isInstanceOf(Failure.RemoteError.class);
    assertThat(refused)
        .hasMessageContaining("NL3004")
        .hasMessageContaining("invalid ca certificate: 1 error:\\n\\t* \\u{1b}[2J");
  }

  @Test
  void namespaceThatAlreadyIsAsWantedNeedsNoCallWhateverItsVersion() {
    rig.cloud.namespaces.put(NAME, stored().toBuilder().setResourceVersion("v9").build());
    update(add(OLD));
    assertThat(rig.cloud.updates).isEmpty();
    assertThat(accepted).hasValue(0);
  }

  @Test
  void wantedSpecThatIsStillBeingAppliedIsWaitedFor() {
    AsyncOperation running = rig.cloud.start("op-0");
    rig.cloud.pollsUntilEnd = 4;
    rig.cloud.namespaces.put(NAME, stored().toBuilder().setAsyncOperationId("op-0").build());
    update(add(OLD));
    assertThat(running.getId()).isEqualTo("op-0");
    assertThat(rig.timeline.pauses).hasSize(3);
  }

  @Test
  void nothingToChangeIsSuccessOnlyWhenTheNamespaceIsAsWanted() {
    Status nothing = Status.INVALID_ARGUMENT.withDescription("nothing to change");
    rig.cloud.failUpdatesBefore.add(nothing);
    assertThat(fails(add(NEW))).hasMessageContaining("NL3015");

    rig.cloud.failUpdatesBefore.add(nothing);
    rig.cloud.meanwhile = Optional.of(Samples.namespace(NAME, OLD, OTHER, NEW));
    update(add(NEW));
    assertThat(accepted).hasValue(0);
  }

  @Test
  void namespaceThatSomebodyChangesJustBeforeOurUpdateIsLeftAsTheyMadeIt() {
    Namespace theirs = Samples.namespace(NAME, OTHER).toBuilder().setResourceVersion("v2").build();
    rig.cloud.meanwhile = Optional.of(theirs);
    assertThat(fails(add(NEW)).failure()).isInstanceOf(Failure.Stale.class);
    assertThat(stored()).isEqualTo(theirs);
  }

  @Test
  void lostCallIsSentAgainWithTheSameOperation() {
    rig.cloud.failUpdatesBefore.add(Status.UNAVAILABLE);
    rig.cloud.failUpdatesBefore.add(Status.RESOURCE_EXHAUSTED);
    update(add(NEW));
    assertThat(rig.cloud.updates).hasSize(3);
    assertThat(Set.copyOf(rig.cloud.updates)).hasSize(1);
    assertThat(bundle()).containsExactly(OLD, OTHER, NEW);
  }

  @Test
  void lostAnswerOfAnAcceptedCallIsFoundAgain() {
    rig.cloud.failUpdatesAfterCommit.add(Status.UNAVAILABLE);
    update(add(NEW));
    assertThat(bundle()).containsExactly(OLD, OTHER, NEW);
    assertThat(accepted).hasValue(1);
  }

  @Test
  void lostAnswerIsFoundAgainAlsoWhenTheServiceForgetsOperationIds() {
    rig.cloud.idempotent = false;
    rig.cloud.failUpdatesAfterCommit.add(Status.UNAVAILABLE);
    update(add(NEW));
    assertThat(bundle()).containsExactly(OLD, OTHER, NEW);
    assertThat(stored().getResourceVersion()).isEqualTo("v1+");
    assertThat(accepted).hasValue(1);
  }

  @Test
  void failedOperationIsRemoteErrorWithItsReason() {
    for (AsyncOperation.State end : List.of(STATE_FAILED, STATE_CANCELLED, STATE_REJECTED)) {
      rig.cloud.operations.clear();
      rig.cloud.namespaces.put(NAME, Samples.namespace(NAME, OLD));
      rig.cloud.end = end;
      rig.cloud.failureReason = "no capacity";
      NewleafException failed = fails(add(NEW));
      assertThat(failed.failure()).isInstanceOf(Failure.RemoteError.class);
      assertThat(failed)
          .hasMessageContaining("NL3013")
          .hasMessageContaining(end.name().substring("STATE_".length()))
          .hasMessageContaining("no capacity");
    }
  }

  @Test
  void operationThatNeverEndsIsGivenUpAtTheLimit() {
    rig.cloud.pollsUntilEnd = Integer.MAX_VALUE;
    rig.cloud.checkDuration = Optional.of(protoSeconds(7));
    NewleafException late = fails(add(NEW));
    assertThat(late.failure()).isInstanceOf(Failure.RemoteError.class);
    assertThat(late).hasMessageContaining("NL3014").hasMessageContaining("op-1");
    assertThat(rig.timeline.pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(accepted).hasValue(1);
  }

  @Test
  void serviceSaysHowOftenToLookWithinBounds() {
    assertThat(pauseFor(Optional.empty())).isEqualTo(Duration.ofSeconds(1));
    assertThat(pauseFor(Optional.of(protoSeconds(10)))).isEqualTo(Duration.ofSeconds(10));
    assertThat(pauseFor(Optional.of(protoSeconds(0)))).isEqualTo(Duration.ofMillis(100));
    assertThat(pauseFor(Optional.of(protoSeconds(Long.MAX_VALUE))))
        .isEqualTo(Duration.ofSeconds(30));
  }

  private Duration pauseFor(Optional<com.google.protobuf.Duration> hint) {
    rig.cloud.operations.clear();
    rig.cloud.namespaces.put(NAME, Samples.namespace(NAME, OLD));
    rig.cloud.checkDuration = hint;
    rig.timeline.pauses.clear();
    update(add(NEW));
    assertThat(rig.timeline.pauses).hasSize(1);
    return rig.timeline.pauses.getFirst();
  }

  @Test
  void interruptWhileWaitingEndsTheRunAndSaysThatRunningAgainIsSafe() {
    try {
      NewleafException stopped =
          catchThrowableOfType(
              NewleafException.class,
              () ->
                  rig.updates()
                      .update(
                          NAME,
                          "v1",
                          add(NEW),
                          OPERATION,
                          () -> Thread.currentThread().interrupt()));
      assertThat(stopped.failure()).isInstanceOf(Failure.Stopped.class);
      assertThat(stopped).hasMessageContaining("NL3010").hasMessageContaining("safe");
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void settleTellsWhatBecameOfAnOperation() {
    assertThat(rig.updates().settle(NAME, OPERATION)).isEqualTo(Settled.UNKNOWN);
    var _ = rig.cloud.start("op-1");
    rig.cloud.pollsUntilEnd = 3;
    assertThat(rig.updates().settle(NAME, OPERATION)).isEqualTo(Settled.FULFILLED);
    assertThat(rig.timeline.pauses).hasSize(2);
    rig.cloud.end = STATE_FAILED;
    assertThat(rig.updates().settle(NAME, OPERATION)).isEqualTo(Settled.REFUSED);
  }

  @Test
  void unknownNamespaceIsNamed() {
    rig.cloud.namespaces.clear();
    assertThatThrownBy(() -> update(add(NEW)))
        .hasMessageContaining("NL3012")
        .hasMessageContaining("namespace/" + NAME);
  }

  private void update(TrustChange change) {
    rig.updates().update(NAME, "v1", change, OPERATION, accepted::incrementAndGet);
  }

  private NewleafException fails(TrustChange change) {
    return catchThrowableOfType(NewleafException.class, () -> update(change));
  }

  private Namespace stored() {
    return rig.cloud.namespaces.get(NAME);
  }

  private List<X509Certificate> bundle() {
    return Pem.certificates(stored().getSpec().getMtlsAuth().getAcceptedClientCa().toStringUtf8());
  }

  private static TrustChange add(X509Certificate ca) {
    return new TrustChange(List.of(ca), Set.of(), Optional.empty());
  }

  private static CertificateFilter filter(String commonName) {
    return new CertificateFilter(
        Optional.of(commonName), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static com.google.protobuf.Duration protoSeconds(long seconds) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(seconds).build();
  }
}
