package newleaf.emulator.cloud;

import static newleaf.emulator.cloud.TestCloud.mtls;
import static newleaf.emulator.cloud.TestCloud.pem;
import static newleaf.emulator.cloud.TestCloud.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesRequest;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceRequest;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import io.temporal.api.cloud.operation.v1.AsyncOperation.State;
import io.temporal.api.cloud.resource.v1.ResourceState;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import newleaf.cert.HeldCertificate;
import newleaf.emulator.TestCertificate;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Ending;
import newleaf.emulator.fault.Fault.Moment;
import newleaf.emulator.fault.Rule;
import newleaf.emulator.fault.Schedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Faults of the account, as a client of it sees them over gRPC.
class CloudFaultsTest {
  private static final String BOOKING = "booking.acct";
  private static final HeldCertificate OLD = TestCertificate.ca("CN=CA G1").make();
  private static final HeldCertificate NEW = TestCertificate.ca("CN=CA G2").make();

  private final TestCloud cloud = new TestCloud(OptionalInt.empty());

  @BeforeEach
  void seed() {
    assertThat(cloud.account.add(spec("booking", OLD))).isEqualTo(BOOKING);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void unavailableBeforeCommitChangesNothingAndStrikesOnce() {
    strike(new Fault.Unavailable(Moment.BEFORE_COMMIT));
    UpdateNamespaceRequest request = request("mine");

    assertThat(refused(request)).isEqualTo(Code.UNAVAILABLE);
    assertThat(cloud.get(BOOKING).getState()).isEqualTo(ResourceState.RESOURCE_STATE_ACTIVE);
    assertThat(sent(request)).isEqualTo("mine");
  }

  @Test
  void unavailableAfterCommitIsFoundAgainByItsOperationId() {
    strike(new Fault.Unavailable(Moment.AFTER_COMMIT));
    UpdateNamespaceRequest request = request("mine");

    assertThat(refused(request)).isEqualTo(Code.UNAVAILABLE);
    assertThat(cloud.get(BOOKING).getAsyncOperationId()).isEqualTo("mine");
    assertThat(sent(request)).isEqualTo("mine");
  }

  @ParameterizedTest
  @CsvSource({"BEFORE_COMMIT,''", "AFTER_COMMIT,mine"})
  void cutConnectionIsUnavailableForTheClientAndTheNextCallConnectsAnew(
      Moment moment, String begun) {
    strike(new Fault.Cut(moment));
    UpdateNamespaceRequest request = request("mine");

    assertThat(refused(request)).isEqualTo(Code.UNAVAILABLE);
    assertThat(cloud.get(BOOKING).getAsyncOperationId()).isEqualTo(begun);
  }

  @Test
  void tooManyCallsSayWhenToComeBackWhenAskedTo() throws Exception {
    strike(new Fault.Exhausted(Optional.of(Duration.ofMillis(2500))));
    StatusRuntimeException hinted = failed(request("mine"));
    assertThat(hinted.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    var details = StatusProto.fromThrowable(hinted).getDetails(0).unpack(RetryInfo.class);
    assertThat(Durations.toMillis(details.getRetryDelay())).isEqualTo(2500);

    strike(new Fault.Exhausted(Optional.empty()));
    StatusRuntimeException plain = failed(request("mine"));
    assertThat(plain).hasMessageContaining("rate limit exceeded for principal");
    assertThat(StatusProto.fromThrowable(plain).getDetailsCount()).isZero();
  }

  @Test
  void lateAnswerNeverComesAndTheChangeIsDone() {
    strike(new Fault.Late());
    UpdateNamespaceRequest request = request("mine");
    StatusRuntimeException late =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                cloud.api().withDeadlineAfter(100, TimeUnit.MILLISECONDS).updateNamespace(request));
    assertThat(late.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(cloud.get(BOOKING).getAsyncOperationId()).isEqualTo("mine");
  }

  @Test
  void brokenServiceChangesNothing() {
    strike(new Fault.Broken());
    assertThat(refused(request("mine"))).isEqualTo(Code.INTERNAL);
    assertThat(cloud.get(BOOKING).getAsyncOperationId()).isEmpty();
  }

  @Test
  void somebodyElsesEditMakesTheVersionStale() {
    strike(new Fault.Edited());
    assertThat(failed(request("mine"))).hasMessageContaining("resource version mismatch");
    assertThat(sent(request("mine"))).isEqualTo("mine");
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED,RESOURCE_STATE_UPDATE_FAILED",
    "CANCELLED,RESOURCE_STATE_ACTIVE",
    "REJECTED,RESOURCE_STATE_ACTIVE"
  })
  void operationThatEndsBadlyLeavesTheTrustAsItWas(Ending ending, ResourceState left) {
    strike(new Fault.Ends(ending, "quota of the region is used up"));
    assertThat(sent(request("mine"))).isEqualTo("mine");
    cloud.pass();

    AsyncOperation ended = cloud.operation("mine");
    assertThat(ended.getState()).isEqualTo(State.valueOf("STATE_" + ending));
    assertThat(ended.getFailureReason()).isEqualTo("quota of the region is used up");
    assertThat(cloud.get(BOOKING).getState()).isEqualTo(left);
    assertThat(bundle(cloud.get(BOOKING).getSpec())).isEqualTo(pem(OLD).strip());
    assertThat(sent(request("again"))).isEqualTo("again");
  }

  @Test
  void operationThatNeverEndsStaysInProgressUntilSomebodyEndsIt() {
    strike(new Fault.NeverEnds());
    assertThat(sent(request("mine"))).isEqualTo("mine");
    cloud.clock.advance(Duration.ofDays(30));
    assertThat(cloud.operation("mine").getState()).isEqualTo(State.STATE_PENDING);

    cloud.account.endNow(BOOKING);
    assertThat(cloud.operation("mine").getState()).isEqualTo(State.STATE_FULFILLED);
    assertThat(bundle(cloud.get(BOOKING).getSpec())).isEqualTo(pem(OLD, NEW).strip());
  }

  @Test
  void namespaceThatIsBusyRefusesUntilTheOtherOperationHasEnded() {
    strike(new Fault.Busy(Optional.of(Duration.ofSeconds(30))));
    assertThat(failed(request("mine"))).hasMessageContaining("is busy with async operation");
    Namespace busy = cloud.get(BOOKING);
    assertThat(busy.getState()).isEqualTo(ResourceState.RESOURCE_STATE_UPDATING);
    assertThat(busy.getAsyncOperationId()).startsWith("of-somebody-else-");
    cloud.clock.advance(Duration.ofSeconds(30));
    assertThat(sent(request("mine"))).isEqualTo("mine");
  }

  @Test
  void staleListShowsWhatWasWhileGetShowsWhatIs() {
    cloud.clock.advance(Duration.ofMinutes(1));
    assertThat(sent(request("mine"))).isEqualTo("mine");
    cloud.pass();
    cloud.faults.add(
        Rule.of(new Fault.StaleList(Duration.ofSeconds(30)), "GetNamespaces", Schedule.once()));

    assertThat(bundle(listed().getSpec())).isEqualTo(pem(OLD).strip());
    assertThat(bundle(cloud.get(BOOKING).getSpec())).isEqualTo(pem(OLD, NEW).strip());
    assertThat(bundle(listed().getSpec())).isEqualTo(pem(OLD, NEW).strip());
  }

  @Test
  void slowSpreadReachesOneFrontendAfterTheOther() {
    strike(new Fault.SlowSpread(Duration.ofSeconds(30)));
    assertThat(sent(request("mine"))).isEqualTo("mine");
    cloud.pass();

    assertThat(inEffect(0.5)).isEqualTo(pem(OLD).strip());
    cloud.clock.advance(Duration.ofSeconds(15));
    assertThat(inEffect(0.5)).isEqualTo(pem(OLD, NEW).strip());
    assertThat(inEffect(1)).isEqualTo(pem(OLD).strip());
    cloud.clock.advance(Duration.ofSeconds(15));
    assertThat(inEffect(1)).isEqualTo(pem(OLD, NEW).strip());
  }

  private String inEffect(double share) {
    return bundle(cloud.account.inEffect(BOOKING, share).orElseThrow());
  }

  private Namespace listed() {
    return cloud.api().getNamespaces(GetNamespacesRequest.getDefaultInstance()).getNamespaces(0);
  }

  private static String bundle(NamespaceSpec spec) {
    return spec.getMtlsAuth().getAcceptedClientCa().toStringUtf8();
  }

  private void strike(Fault fault) {
    cloud.faults.add(Rule.of(fault, "UpdateNamespace", Schedule.once()));
  }

  private UpdateNamespaceRequest request(String operation) {
    return cloud.request(BOOKING, s -> s.setMtlsAuth(mtls(OLD, NEW))).toBuilder()
        .setAsyncOperationId(operation)
        .build();
  }

  private String sent(UpdateNamespaceRequest request) {
    return cloud.api().updateNamespace(request).getAsyncOperation().getId();
  }

  private StatusRuntimeException failed(UpdateNamespaceRequest request) {
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> cloud.api().updateNamespace(request));
  }

  private Code refused(UpdateNamespaceRequest request) {
    return failed(request).getStatus().getCode();
  }
}
