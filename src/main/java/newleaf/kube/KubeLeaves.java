package newleaf.kube;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.LeafPair;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedLeaf;

/// Reads leaves that lie in Secrets. Places that are directories are not answered here.
public final class KubeLeaves implements Leaves {
  private final KubeConnection connection;

  public KubeLeaves(KubeConnection connection) {
    this.connection = connection;
  }

  @Override
  public List<ObservedLeaf> read(Collection<LeafPlace> places, Issuers issuers) {
    List<LeafPlace.Secret> secrets =
        places.stream()
            .filter(LeafPlace.Secret.class::isInstance)
            .map(LeafPlace.Secret.class::cast)
            .toList();
    return new ByNamespace(connection)
        .answers(
            secrets,
            LeafPlace.Secret::namespace,
            some -> readListed(some, issuers),
            place -> read(place, issuers));
  }

  /// Those that lie in Secrets in which leaves are.
  ///
  /// @param places of one namespace
  private Map<LeafPlace.Secret, ObservedLeaf> readListed(
      List<LeafPlace.Secret> places, Issuers issuers) {
    Map<String, Secret> listed = listed(places.getFirst().namespace());
    Map<LeafPlace.Secret, ObservedLeaf> found = new HashMap<>();
    for (LeafPlace.Secret place : places) {
      Optional.ofNullable(listed.get(place.name()))
          .ifPresent(secret -> found.put(place, observed(place, secret, issuers)));
    }
    return found;
  }

  private Map<String, Secret> listed(String namespace) {
    return new ByNamespace(connection)
        .listed(
            "listing the Secrets of namespace " + namespace,
            () ->
                TlsSecret.TYPES.stream()
                    .flatMap(type ->
                        Pages.all(
                            connection
                                .client()
                                .secrets()
                                .inNamespace(namespace)
                                .withField("type", type))
                            .stream())
                    .toList());
  }

  private ObservedLeaf read(LeafPlace.Secret place, Issuers issuers) {
    return secret(connection, place)
        .map(secret -> observed(place, secret, issuers))
        .orElseGet(() -> ObservedLeaf.nothingAt(place));
  }

  static Optional<Secret> secret(KubeConnection connection, LeafPlace.Secret place) {
    return connection.call(
        "reading " + place.address(),
        () ->
            Optional.ofNullable(
                connection
                    .client()
                    .secrets()
                    .inNamespace(place.namespace())
                    .withName(place.name())
                    .get()));
  }

  private static ObservedLeaf observed(LeafPlace place, Secret secret, Issuers issuers) {
    LeafPair pair = TlsSecret.pair(secret);
    Optional<X509Certificate> leaf = pair.certificate();
    return new ObservedLeaf(
        place,
        leaf.map(Certificate::of),
        leaf.flatMap(issuers::of),
        pair.held().isPresent(),
        Optional.of(secret.getMetadata().getResourceVersion()),
        writtenAt(secret.getMetadata()),
        SecretOwner.of(secret),
        SecretSlot.obstacle(secret).or(() -> otherManager(secret.getMetadata())));
  }

  /// What newleaf wrote down, else the latest write of the data that Kubernetes wrote down, else
  /// when the Secret was created.
  private static Optional<Instant> writtenAt(ObjectMeta metadata) {
    return Annotations.of(metadata, Annotations.WRITTEN_AT)
        .flatMap(KubeLeaves::instant)
        .or(() ->
            metadata.getManagedFields().stream()
                .filter(e -> ownsData(e.getFieldsV1()))
                .map(ManagedFieldsEntry::getTime)
                .flatMap(time -> instant(time).stream())
                .max(Comparator.naturalOrder()))
        .or(() -> instant(metadata.getCreationTimestamp()));
  }

  /// Delivery would meet a conflict with it.
  private static Optional<String> otherManager(ObjectMeta metadata) {
    return metadata.getManagedFields().stream()
        .filter(e -> ownsData(e.getFieldsV1()))
        .map(ManagedFieldsEntry::getManager)
        .filter(manager -> !DeliveryRefusal.yields(manager))
        .findFirst()
        .map(manager -> "has data that \"" + manager + "\" manages, which may write it back");
  }

  private static boolean ownsData(FieldsV1 fields) {
    return fields != null
        && fields.getAdditionalProperties().get("f:data") instanceof Map<?, ?> data
        && (data.containsKey("f:tls.crt") || data.containsKey("f:tls.key"));
  }

  static Optional<Instant> instant(String text) {
    try {
      return Optional.ofNullable(text).map(t -> OffsetDateTime.parse(t).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty(); // an unreadable time is an unknown time
    }
  }
}
