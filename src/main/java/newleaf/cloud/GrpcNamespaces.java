package newleaf.cloud;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.cloud.cloudservice.v1.GetNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesResponse;
import io.temporal.api.cloud.namespace.v1.Namespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import newleaf.NewleafException;
import newleaf.adopt.AllNamespaces;
import newleaf.apply.Timeline;
import newleaf.observed.NamespaceReading;
import newleaf.observed.Namespaces;

/// Reads namespaces from the Cloud Ops API: one by its name, several by listing the account, which
/// is one call for a thousand.
public final class GrpcNamespaces implements Namespaces, AllNamespaces {
  /// The service's maximum.
  private static final int PAGE = 1000;

  private final CloudCalls calls;

  public GrpcNamespaces(CloudChannel channel, Timeline timeline, RandomGenerator random) {
    this.calls = new CloudCalls(channel, timeline, random);
  }

  @Override
  public List<NamespaceReading> read(Collection<String> names) {
    Set<String> wanted = Set.copyOf(names);
    List<Namespace> found =
        switch (wanted.size()) {
          case 0 -> List.of();
          case 1 -> one(wanted.iterator().next());
          default -> listed(wanted::contains, wanted.size());
        };
    BundleReader bundles = new BundleReader();
    return found.stream().map(n -> NamespaceMessages.reading(n, bundles)).toList();
  }

  private List<Namespace> one(String name) {
    GetNamespaceRequest request = GetNamespaceRequest.newBuilder().setNamespace(name).build();
    String where = NamespaceMessages.address(name);
    try {
      return List.of(calls.call(where, s -> s.getNamespace(request)).getNamespace());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return List.of();
      }
      throw calls.errors().of(e, "reading", where);
    }
  }

  /// Of a namespace whose bundle can not be read the others are told all the same.
  @Override
  public Listing list() {
    List<NamespaceReading> readable = new ArrayList<>();
    Map<String, String> unreadable = new TreeMap<>();
    BundleReader bundles = new BundleReader();
    for (Namespace namespace : listed(_ -> true, Integer.MAX_VALUE)) {
      try {
        readable.add(NamespaceMessages.reading(namespace, bundles));
      } catch (NewleafException e) {
        unreadable.put(namespace.getNamespace(), e.getMessage());
      }
    }
    return new Listing(readable, unreadable);
  }

  /// @param number of namespaces after which there is no need to look further
  private List<Namespace> listed(Predicate<String> wanted, int number) {
    List<Namespace> found = new ArrayList<>();
    Set<String> tokens = new HashSet<>(); // a token that comes again would go round for ever
    String token = "";
    do {
      GetNamespacesResponse page = page(token);
      page.getNamespacesList().stream()
          .filter(n -> wanted.test(n.getNamespace()))
          .forEach(found::add);
      token = page.getNextPageToken();
    } while (!token.isEmpty() && found.size() < number && tokens.add(token));
    return found;
  }

  private GetNamespacesResponse page(String token) {
    GetNamespacesRequest request =
        GetNamespacesRequest.newBuilder().setPageSize(PAGE).setPageToken(token).build();
    try {
      return calls.call("namespaces", s -> s.getNamespaces(request));
    } catch (StatusRuntimeException e) {
      throw calls.errors().of(e, "listing", "namespaces");
    }
  }
}
