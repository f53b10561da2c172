package newleaf.emulator.cloud;

import static newleaf.emulator.cloud.TestCloud.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc.CloudServiceBlockingStub;
import io.temporal.api.cloud.cloudservice.v1.CreateNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.CreateNamespaceResponse;
import io.temporal.api.cloud.cloudservice.v1.DeleteNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.GetAccountRequest;
import io.temporal.api.cloud.cloudservice.v1.GetCurrentIdentityRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesResponse;
import io.temporal.api.cloud.cloudservice.v1.GetRegionsRequest;
import io.temporal.api.cloud.cloudservice.v1.GetUsersRequest;
import io.temporal.api.cloud.namespace.v1.LifecycleSpec;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import io.temporal.api.cloud.resource.v1.ResourceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import newleaf.cert.HeldCertificate;
import newleaf.emulator.TestCertificate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who gets in, and what there is to see, create and delete.
class CloudOpsAccessTest {
  private static final HeldCertificate CA = TestCertificate.ca("CN=CA G1").make();

  private TestCloud cloud = new TestCloud(OptionalInt.empty());

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void callWithoutAnAcceptedKeyIsUnauthenticated() {
    for (String authorization : List.of("", "Bearer wrong", TestCloud.KEY, "Bearer ")) {
      assertRefused(Code.UNAUTHENTICATED, () -> account(cloud.api(authorization, "v0.19.1")));
    }
  }

  @Test
  void callWithoutAnApiVersionIsRefusedAndAnyVersionWillDo() {
    assertRefused(Code.INVALID_ARGUMENT, () -> account(cloud.api("Bearer " + TestCloud.KEY, "")));
    for (String version : List.of("v0.10.0", "2025-07-09-00")) {
      assertThat(account(cloud.api("Bearer " + TestCloud.KEY, version))).isEqualTo("acct");
    }
  }

  @Test
  void keysNeverShow() {
    assertThat(cloud.account.settings().toString()).doesNotContain(TestCloud.KEY);
  }

  @Test
  void callsBeyondTheRateAreExhaustedUntilTheNextSecond() {
    cloud.close();
    cloud = new TestCloud(OptionalInt.of(2));
    assertThat(account(cloud.api())).isEqualTo("acct");
    assertThat(account(cloud.api())).isEqualTo("acct");

    assertRefused(Code.RESOURCE_EXHAUSTED, () -> account(cloud.api()));
    cloud.clock.advance(Duration.ofSeconds(1));
    assertThat(account(cloud.api())).isEqualTo("acct");
  }

  @Test
  void namespacesComeInPagesInAscendingOrder() {
    IntStream.of(5, 3, 1, 4, 2).forEach(i -> cloud.account.add(spec("n" + i, CA)));
    List<String> names = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String token = "";
    do {
      GetNamespacesResponse page = page(2, token, "");
      sizes.add(page.getNamespacesCount());
      page.getNamespacesList().forEach(n -> names.add(n.getNamespace()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(names).containsExactly("n1.acct", "n2.acct", "n3.acct", "n4.acct", "n5.acct");
    assertThat(sizes).containsExactly(2, 2, 1);
  }

  @Test
  void pageIsAHundredUnlessAskedAndAThousandAtMost() {
    IntStream.range(0, 101).forEach(i -> cloud.account.add(spec("n" + i, CA)));

    assertThat(page(0, "", "").getNamespacesCount()).isEqualTo(100);
    assertThat(page(1000, "", "").getNamespacesCount()).isEqualTo(101);
    assertRefused(Code.INVALID_ARGUMENT, () -> page(1001, "", ""));
  }

  @Test
  void namespacesAreFilteredByName() {
    cloud.account.add(spec("pay", CA));
    cloud.account.add(spec("payments", CA));

    assertThat(page(0, "", "pay").getNamespacesList())
        .extracting(Namespace::getNamespace)
        .containsExactly("pay.acct");
  }

  @Test
  void unknownNamespaceOrOperationIsNotFound() {
    assertRefused(Code.NOT_FOUND, () -> cloud.get("none.acct"));
    assertRefused(Code.NOT_FOUND, () -> cloud.operation("none"));
    assertRefused(Code.NOT_FOUND, () -> delete("none.acct", "1"));
  }

  @Test
  void createdNamespaceActivatesAndThenCounts() {
    CreateNamespaceResponse created = create("booking");
    assertThat(created.getNamespace()).isEqualTo("booking.acct");
    assertThat(created.getAsyncOperation().getOperationType()).isEqualTo("CreateNamespace");
    assertThat(cloud.get("booking.acct").getState())
        .isEqualTo(ResourceState.RESOURCE_STATE_ACTIVATING);
    assertThat(cloud.account.inEffect("booking.acct", 1)).isEmpty();

    cloud.pass();

    assertThat(cloud.get("booking.acct").getState()).isEqualTo(ResourceState.RESOURCE_STATE_ACTIVE);
    assertThat(cloud.get("booking.acct").hasCreatedTime()).isTrue();
    assertThat(cloud.account.inEffect("booking.acct", 1)).isPresent();
    assertRefused(Code.ALREADY_EXISTS, () -> create("booking"));
  }

  @Test
  void badNameIsRefused() {
    for (String name : List.of("", "x", "Booking", "-booking", "booking-", "a.b")) {
      assertRefused(Code.INVALID_ARGUMENT, () -> create(name));
    }
  }

  @Test
  void deletedNamespaceIsNotFound() {
    cloud.account.add(spec("booking", CA));
    var _ = delete("booking.acct", cloud.get("booking.acct").getResourceVersion());
    assertThat(cloud.get("booking.acct").getState())
        .isEqualTo(ResourceState.RESOURCE_STATE_DELETING);

    cloud.pass();

    assertRefused(Code.NOT_FOUND, () -> cloud.get("booking.acct"));
  }

  @Test
  void protectedNamespaceIsNotDeleted() {
    cloud.account.add(
        spec("booking", CA).toBuilder()
            .setLifecycle(LifecycleSpec.newBuilder().setEnableDeleteProtection(true))
            .build());

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> delete("booking.acct", cloud.get("booking.acct").getResourceVersion()));
  }

  @Test
  void identityAndRegionsAreToldAndTheRestIsUnimplemented() {
    assertThat(
            cloud
                .api()
                .getCurrentIdentity(GetCurrentIdentityRequest.getDefaultInstance())
                .hasServiceAccount())
        .isTrue();
    assertThat(cloud.api().getRegions(GetRegionsRequest.getDefaultInstance()).getRegionsList())
        .isNotEmpty();
    assertRefused(
        Code.UNIMPLEMENTED, () -> cloud.api().getUsers(GetUsersRequest.getDefaultInstance()));
  }

  private CreateNamespaceResponse create(String name) {
    return cloud
        .api()
        .createNamespace(CreateNamespaceRequest.newBuilder().setSpec(spec(name, CA)).build());
  }

  private AsyncOperation delete(String id, String version) {
    return cloud
        .api()
        .deleteNamespace(
            DeleteNamespaceRequest.newBuilder()
                .setNamespace(id)
                .setResourceVersion(version)
                .build())
        .getAsyncOperation();
  }

  private GetNamespacesResponse page(int size, String token, String name) {
    return cloud
        .api()
        .getNamespaces(
            GetNamespacesRequest.newBuilder()
                .setPageSize(size)
                .setPageToken(token)
                .setName(name)
                .build());
  }

  private static String account(CloudServiceBlockingStub api) {
    return api.getAccount(GetAccountRequest.getDefaultInstance()).getAccount().getId();
  }

  private static void assertRefused(Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
  }
}
