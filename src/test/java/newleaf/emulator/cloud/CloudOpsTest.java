package newleaf.emulator.cloud;

import static newleaf.emulator.cloud.TestCloud.mtls;
import static newleaf.emulator.cloud.TestCloud.pem;
import static newleaf.emulator.cloud.TestCloud.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceRequest;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.namespace.v1.ReplicaSpec;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import io.temporal.api.cloud.operation.v1.AsyncOperation.State;
import io.temporal.api.cloud.resource.v1.ResourceState;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.emulator.TestCertificate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a change of a namespace goes, over real gRPC.
class CloudOpsTest {
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
  void updateIsPendingThenInProgressThenFulfilled() {
    AsyncOperation begun = cloud.update(BOOKING, s -> s.setMtlsAuth(mtls(OLD, NEW)));
    assertThat(begun.getState()).isEqualTo(State.STATE_PENDING);
    assertThat(begun.getOperationType()).isEqualTo("UpdateNamespace");
    assertThat(begun.getCheckDuration().getSeconds()).isEqualTo(2);
    assertThat(begun.hasFinishedTime()).isFalse();

    cloud.clock.advance(TestCloud.LATENCY.dividedBy(2));
    assertThat(cloud.operation(begun.getId()).getState()).isEqualTo(State.STATE_IN_PROGRESS);

    cloud.clock.advance(TestCloud.LATENCY.dividedBy(2));
    AsyncOperation done = cloud.operation(begun.getId());
    assertThat(done.getState()).isEqualTo(State.STATE_FULFILLED);
    assertThat(done.getFinishedTime().getSeconds() - done.getStartedTime().getSeconds())
        .isEqualTo(10);
  }

  @Test
  void newBundleTakesEffectOnlyWhenTheOperationIsFulfilled() {
    AsyncOperation begun = cloud.update(BOOKING, s -> s.setMtlsAuth(mtls(OLD, NEW)));

    Namespace updating = cloud.get(BOOKING);
    assertThat(updating.getState()).isEqualTo(ResourceState.RESOURCE_STATE_UPDATING);
    assertThat(updating.getAsyncOperationId()).isEqualTo(begun.getId());
    assertThat(bundle(updating)).isEqualTo(pem(OLD).strip());

    cloud.pass();

    Namespace updated = cloud.get(BOOKING);
    assertThat(updated.getState()).isEqualTo(ResourceState.RESOURCE_STATE_ACTIVE);
    assertThat(updated.getAsyncOperationId()).isEmpty();
    assertThat(updated.hasLastModifiedTime()).isTrue();
    assertThat(bundle(updated)).isEqualTo(pem(OLD, NEW).strip());
  }

  @Test
  void everyAcceptedUpdateChangesTheResourceVersion() {
    String before = cloud.get(BOOKING).getResourceVersion();
    var _ = cloud.update(BOOKING, s -> s.setRetentionDays(7));

    assertThat(cloud.get(BOOKING).getResourceVersion()).isNotEqualTo(before);
  }

  @Test
  void staleOrEmptyResourceVersionIsRefusedByName() {
    UpdateNamespaceRequest stale = cloud.request(BOOKING, s -> s.setRetentionDays(7));
    cloud.account.edit(BOOKING, s -> s.toBuilder().setRetentionDays(8).build());

    assertRefused(
        Code.FAILED_PRECONDITION, "resource_version", () -> cloud.api().updateNamespace(stale));
    assertRefused(
        Code.FAILED_PRECONDITION,
        "resource_version",
        () -> cloud.api().updateNamespace(stale.toBuilder().clearResourceVersion().build()));
  }

  @Test
  void unchangedSpecIsNothingToChange() {
    assertRefused(Code.INVALID_ARGUMENT, "nothing to change", () -> cloud.update(BOOKING, s -> s));
    assertRefused(
        Code.INVALID_ARGUMENT,
        "nothing to change",
        () -> cloud.update(BOOKING, s -> s.setMtlsAuth(bundle("\n\n" + pem(OLD) + "\n\n"))));
  }

  @Test
  void sameOperationIdAndRequestIsTheSameOperation() {
    UpdateNamespaceRequest request =
        cloud.request(BOOKING, s -> s.setRetentionDays(7)).toBuilder()
            .setAsyncOperationId("mine")
            .build();
    AsyncOperation first = cloud.api().updateNamespace(request).getAsyncOperation();
    String version = cloud.get(BOOKING).getResourceVersion();

    assertThat(cloud.api().updateNamespace(request).getAsyncOperation()).isEqualTo(first);
    cloud.pass();
    AsyncOperation later = cloud.api().updateNamespace(request).getAsyncOperation();

    assertThat(first.getId()).isEqualTo("mine");
    assertThat(later.getState()).isEqualTo(State.STATE_FULFILLED);
    assertThat(cloud.get(BOOKING).getResourceVersion()).isEqualTo(version);
  }

  @Test
  void sameOperationIdWithAnotherRequestIsRefused() {
    UpdateNamespaceRequest request =
        cloud.request(BOOKING, s -> s.setRetentionDays(7)).toBuilder()
            .setAsyncOperationId("mine")
            .build();
    var _ = cloud.api().updateNamespace(request);
    UpdateNamespaceRequest.Builder other = request.toBuilder();
    other.getSpecBuilder().setRetentionDays(9);

    assertRefused(
        Code.INVALID_ARGUMENT, "another request", () -> cloud.api().updateNamespace(other.build()));
  }

  @Test
  void secondUpdateWhileUpdatingIsRefused() {
    AsyncOperation first = cloud.update(BOOKING, s -> s.setRetentionDays(7));

    assertRefused(
        Code.FAILED_PRECONDITION,
        first.getId(),
        () -> cloud.update(BOOKING, s -> s.setRetentionDays(8)));
    cloud.pass();
    assertThat(cloud.update(BOOKING, s -> s.setRetentionDays(8)).getId()).isNotEmpty();
  }

  @Test
  void elevenOperationsInFlightAreOneTooMany() {
    IntStream.rangeClosed(1, 11).forEach(i -> cloud.account.add(spec("n" + i, OLD)));
    IntStream.rangeClosed(1, 10)
        .forEach(i -> cloud.update("n" + i + ".acct", s -> s.setRetentionDays(7)));

    assertRefused(
        Code.RESOURCE_EXHAUSTED,
        "limit 10",
        () -> cloud.update("n11.acct", s -> s.setRetentionDays(7)));
  }

  @Test
  void missingMtlsAuthDisablesMtlsAndTakesTheEndpointAway() {
    assertThat(cloud.get(BOOKING).getEndpoints().getMtlsGrpcAddress()).isEqualTo(BOOKING + ":7233");

    var _ = cloud.update(BOOKING, NamespaceSpec.Builder::clearMtlsAuth);
    cloud.pass();

    assertThat(cloud.get(BOOKING).getSpec().getMtlsAuth().getEnabled()).isFalse();
    assertThat(cloud.get(BOOKING).getEndpoints().getMtlsGrpcAddress()).isEmpty();
  }

  @Test
  void enabledMtlsWithAnEmptyBundleIsRefused() {
    assertRefused(
        Code.INVALID_ARGUMENT,
        "no ca certificate",
        () -> cloud.update(BOOKING, s -> s.setMtlsAuth(bundle(" \n"))));
  }

  @Test
  void oneExpiredCaRefusesTheWholeUpdate() {
    HeldCertificate expired =
        TestCertificate.ca("CN=Gone").until(TestCertificate.NOW.minusSeconds(1)).make();
    cloud.account.edit(BOOKING, s -> s.toBuilder().setMtlsAuth(mtls(OLD, expired)).build());

    assertRefused(
        Code.INVALID_ARGUMENT,
        "invalid ca certificate: 2 errors occurred:\n\t* certificate with subject 'CN=Gone'",
        () -> cloud.update(BOOKING, s -> s.setMtlsAuth(mtls(OLD, expired, NEW))));
    assertThat(cloud.update(BOOKING, s -> s.setMtlsAuth(mtls(OLD, NEW))).getId()).isNotEmpty();
  }

  @Test
  void wellKnownPublicCaIsAcceptedOnlyWithFilters() throws GeneralSecurityException {
    MtlsAuthSpec.Builder open = bundle(Pem.of(publicCa()));

    assertRefused(
        Code.INVALID_ARGUMENT,
        "well-known public ca",
        () -> cloud.update(BOOKING, s -> s.setMtlsAuth(open)));
    MtlsAuthSpec.Builder filtered = open.clone().addCertificateFilters(filter("booking"));
    assertThat(cloud.update(BOOKING, s -> s.setMtlsAuth(filtered)).getId()).isNotEmpty();
    cloud.pass();
    assertRefused(
        Code.INVALID_ARGUMENT,
        "well-known public ca",
        () -> cloud.update(BOOKING, s -> s.setMtlsAuth(open)));
  }

  @Test
  void ofManySimultaneousUpdatesOnOneVersionOneWins() {
    UpdateNamespaceRequest request = cloud.request(BOOKING, s -> s.setRetentionDays(7));

    long won =
        IntStream.range(0, 8)
            .parallel()
            .filter(_ -> {
              try {
                return cloud.api().updateNamespace(request).hasAsyncOperation();
              } catch (StatusRuntimeException e) {
                assertThat(e.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
                return false;
              }
            })
            .count();

    assertThat(won).isEqualTo(1);
  }

  @Test
  void filtersKeepTheirOrder() {
    List<CertificateFilterSpec> filters = List.of(filter("z"), filter("a*"), filter("*m"));
    var _ = cloud.update(BOOKING, s -> s.setMtlsAuth(mtls(OLD).addAllCertificateFilters(filters)));
    cloud.pass();

    assertThat(cloud.get(BOOKING).getSpec().getMtlsAuth().getCertificateFiltersList())
        .isEqualTo(filters);
  }

  @Test
  void wrongFiltersAreRefused() {
    assertFilterRefused("has a * inside", filter("a*b"));
    assertFilterRefused("is a lone *", filter("*"));
    assertFilterRefused("more than one *", filter("*a*"));
    assertFilterRefused("has no field", CertificateFilterSpec.getDefaultInstance());
    CertificateFilterSpec[] many =
        IntStream.range(0, 26).mapToObj(i -> filter("f" + i)).toArray(CertificateFilterSpec[]::new);
    assertFilterRefused("26 given, limit 25", many);
  }

  @Test
  void apiKeyAuthIsAlwaysTold() {
    assertThat(cloud.get(BOOKING).getSpec().hasApiKeyAuth()).isTrue();
  }

  @Test
  void replicasThatAreLeftOutStay() {
    ReplicaSpec replica = ReplicaSpec.newBuilder().setRegion("aws-us-east-1").build();
    cloud.account.edit(BOOKING, s -> s.toBuilder().addReplicas(replica).build());
    var _ = cloud.update(BOOKING, s -> s.clearReplicas().setRetentionDays(7));
    cloud.pass();

    assertThat(cloud.get(BOOKING).getSpec().getReplicasList()).containsExactly(replica);
  }

  @Test
  void nameCanNotBeChanged() {
    assertRefused(
        Code.INVALID_ARGUMENT, "name", () -> cloud.update(BOOKING, s -> s.setName("other")));
  }

  private void assertFilterRefused(String why, CertificateFilterSpec... filters) {
    assertRefused(
        Code.INVALID_ARGUMENT,
        why,
        () ->
            cloud.update(
                BOOKING, s -> s.setMtlsAuth(mtls(OLD).addAllCertificateFilters(List.of(filters)))));
  }

  private static void assertRefused(Code code, String why, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(e.getStatus().getDescription()).contains(why);
            });
  }

  /// Any CA that the JDK trusts and the rules allow.
  private static X509Certificate publicCa() throws GeneralSecurityException {
    TrustManagerFactory jdk = TrustManagerFactory.getInstance("PKIX");
    jdk.init((KeyStore) null);
    return Arrays.stream(((X509TrustManager) jdk.getTrustManagers()[0]).getAcceptedIssuers())
        .filter(ca -> BundleRules.violation(Pem.of(ca), TestCertificate.NOW).isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static MtlsAuthSpec.Builder bundle(String pem) {
    return mtls(OLD).setAcceptedClientCa(ByteString.copyFromUtf8(pem));
  }

  private static String bundle(Namespace namespace) {
    return namespace.getSpec().getMtlsAuth().getAcceptedClientCa().toStringUtf8();
  }

  private static CertificateFilterSpec filter(String commonName) {
    return CertificateFilterSpec.newBuilder().setCommonName(commonName).build();
  }
}
