package newleaf.emulator.cloud;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc;
import io.temporal.api.cloud.cloudservice.v1.CreateNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.CreateNamespaceResponse;
import io.temporal.api.cloud.cloudservice.v1.DeleteNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.DeleteNamespaceResponse;
import io.temporal.api.cloud.cloudservice.v1.GetAccountRequest;
import io.temporal.api.cloud.cloudservice.v1.GetAccountResponse;
import io.temporal.api.cloud.cloudservice.v1.GetAsyncOperationRequest;
import io.temporal.api.cloud.cloudservice.v1.GetAsyncOperationResponse;
import io.temporal.api.cloud.cloudservice.v1.GetCurrentIdentityRequest;
import io.temporal.api.cloud.cloudservice.v1.GetCurrentIdentityResponse;
import io.temporal.api.cloud.cloudservice.v1.GetNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespaceResponse;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesResponse;
import io.temporal.api.cloud.cloudservice.v1.GetRegionsRequest;
import io.temporal.api.cloud.cloudservice.v1.GetRegionsResponse;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceResponse;
import io.temporal.api.cloud.identity.v1.ServiceAccount;
import io.temporal.api.cloud.identity.v1.ServiceAccountSpec;
import io.temporal.api.cloud.namespace.v1.Endpoints;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import io.temporal.api.cloud.region.v1.Region;
import io.temporal.api.cloud.resource.v1.ResourceState;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The Cloud Ops API over one [Account]. What is not here is UNIMPLEMENTED by gRPC's own answer.
final class CloudOps extends CloudServiceGrpc.CloudServiceImplBase {
  static final String PRINCIPAL = "emulator-service-account";
  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 1000;

  private final Account account;
  private final UnaryOperator<String> mtlsAddress;

  /// @param mtlsAddress the frontend's address for a namespace
  CloudOps(Account account, UnaryOperator<String> mtlsAddress) {
    this.account = account;
    this.mtlsAddress = mtlsAddress;
  }

  @Override
  public void getNamespaces(
      GetNamespacesRequest request, StreamObserver<GetNamespacesResponse> observer) {
    answer(observer, () -> page(request));
  }

  @Override
  public void getNamespace(
      GetNamespaceRequest request, StreamObserver<GetNamespaceResponse> observer) {
    answer(
        observer,
        () ->
            GetNamespaceResponse.newBuilder()
                .setNamespace(withEndpoints(existing(request.getNamespace())))
                .build());
  }

  @Override
  public void createNamespace(
      CreateNamespaceRequest request, StreamObserver<CreateNamespaceResponse> observer) {
    answer(
        observer,
        () -> {
          AsyncOperation operation = account.create(request);
          return CreateNamespaceResponse.newBuilder()
              .setNamespace(request.getSpec().getName() + "." + account.settings().account())
              .setAsyncOperation(operation)
              .build();
        });
  }

  @Override
  public void updateNamespace(
      UpdateNamespaceRequest request, StreamObserver<UpdateNamespaceResponse> observer) {
    answer(
        observer,
        () ->
            UpdateNamespaceResponse.newBuilder()
                .setAsyncOperation(account.update(request))
                .build());
  }

  @Override
  public void deleteNamespace(
      DeleteNamespaceRequest request, StreamObserver<DeleteNamespaceResponse> observer) {
    answer(
        observer,
        () ->
            DeleteNamespaceResponse.newBuilder()
                .setAsyncOperation(account.delete(request))
                .build());
  }

  @Override
  public void getAsyncOperation(
      GetAsyncOperationRequest request, StreamObserver<GetAsyncOperationResponse> observer) {
    answer(
        observer,
        () ->
            GetAsyncOperationResponse.newBuilder()
                .setAsyncOperation(account.operation(request.getAsyncOperationId()))
                .build());
  }

  @Override
  public void getRegions(GetRegionsRequest request, StreamObserver<GetRegionsResponse> observer) {
    answer(
        observer,
        () ->
            GetRegionsResponse.newBuilder()
                .addRegions(region("eu-central-1", "Europe (Frankfurt)"))
                .addRegions(region("us-east-1", "US East (N. Virginia)"))
                .build());
  }

  @Override
  public void getAccount(GetAccountRequest request, StreamObserver<GetAccountResponse> observer) {
    answer(
        observer,
        () -> {
          GetAccountResponse.Builder response = GetAccountResponse.newBuilder();
          response
              .getAccountBuilder()
              .setId(account.settings().account())
              .setState(ResourceState.RESOURCE_STATE_ACTIVE);
          return response.build();
        });
  }

  @Override
  public void getCurrentIdentity(
      GetCurrentIdentityRequest request, StreamObserver<GetCurrentIdentityResponse> observer) {
    answer(
        observer,
        () ->
            GetCurrentIdentityResponse.newBuilder()
                .setServiceAccount(
                    ServiceAccount.newBuilder()
                        .setId(PRINCIPAL)
                        .setState(ResourceState.RESOURCE_STATE_ACTIVE)
                        .setSpec(ServiceAccountSpec.newBuilder().setName("emulator")))
                .build());
  }

  private GetNamespacesResponse page(GetNamespacesRequest request) {
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    if (size < 0 || size > MAX_PAGE) {
      throw SpecRules.invalid("page size must be between 1 and " + MAX_PAGE);
    }
    // the token is the last name given out, so that no page depends on what was added meanwhile
    List<Namespace> rest =
        account.after(request.getPageToken()).stream()
            .filter(n -> request.getName().isEmpty() || named(n, request.getName()))
            .toList();
    List<Namespace> page = rest.subList(0, Math.min(size, rest.size()));
    GetNamespacesResponse.Builder response = GetNamespacesResponse.newBuilder();
    page.forEach(n -> response.addNamespaces(withEndpoints(n)));
    if (page.size() < rest.size()) {
      response.setNextPageToken(page.getLast().getNamespace());
    }
    return response.build();
  }

  private static boolean named(Namespace namespace, String name) {
    return namespace.getSpec().getName().equals(name) || namespace.getNamespace().equals(name);
  }

  private Namespace existing(String id) {
    return account
        .namespace(id)
        .orElseThrow(() ->
            Status.NOT_FOUND
                .withDescription("namespace '" + id + "' not found")
                .asRuntimeException());
  }

  private Namespace withEndpoints(Namespace namespace) {
    String mtls =
        namespace.getSpec().getMtlsAuth().getEnabled()
            ? mtlsAddress.apply(namespace.getNamespace())
            : "";
    return namespace.toBuilder()
        .setEndpoints(Endpoints.newBuilder().setMtlsGrpcAddress(mtls))
        .build();
  }

  private static Region region(String place, String location) {
    return Region.newBuilder()
        .setId("aws-" + place)
        .setCloudProvider(Region.CloudProvider.CLOUD_PROVIDER_AWS)
        .setCloudProviderRegion(place)
        .setLocation(location)
        .build();
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> response) {
    try {
      observer.onNext(response.get());
      observer.onCompleted();
    } catch (StatusRuntimeException refused) {
      observer.onError(refused);
    }
  }
}
