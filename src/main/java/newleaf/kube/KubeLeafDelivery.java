package newleaf.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.LeafDelivery;
import newleaf.cert.HeldCertificate;
import newleaf.observed.LeafPlace;

/// Writes leaves into Secrets by server-side apply: both keys in one request, other keys kept, and
/// only on the version the decision was made on. What somebody else will write back is refused.
public final class KubeLeafDelivery implements LeafDelivery {
  private static final String TLS = "kubernetes.io/tls";

  /// What the name of a Secret with the leaf of before ends in.
  static final String PREVIOUS = "-prev";

  private final KubeConnection connection;
  private final InstantSource clock;

  public KubeLeafDelivery(KubeConnection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  @Override
  public void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> expectedVersion) {
    LeafPlace.Secret target = secret(place);
    Optional<Secret> live = KubeLeaves.secret(connection, target);
    if (!live.map(s -> s.getMetadata().getResourceVersion()).equals(expectedVersion)) {
      throw new NewleafException(DeliveryRefusal.changed(target));
    }
    live.ifPresent(s -> DeliveryRefusal.check(target, s));
    if (live.isEmpty()) {
      create(target, wanted(target, leaf, TLS));
      return;
    }
    keepPrevious(target, live.get());
    Secret wanted = wanted(target, leaf, live.get().getType());
    wanted.getMetadata().setResourceVersion(expectedVersion.orElseThrow());
    apply(target, wanted);
  }

  @Override
  public Optional<HeldCertificate> current(LeafPlace place) {
    return KubeLeaves.secret(connection, secret(place)).flatMap(s -> TlsSecret.pair(s).held());
  }

  @Override
  public Optional<HeldCertificate> previous(LeafPlace place) {
    return KubeLeaves.secret(connection, previousOf(secret(place)))
        .flatMap(s -> TlsSecret.pair(s).held());
  }

  private static LeafPlace.Secret secret(LeafPlace place) {
    return switch (place) {
      case LeafPlace.Secret secret -> secret;
      case LeafPlace.Directory directory ->
          throw new IllegalArgumentException(directory.address() + " is not in a cluster");
    };
  }

  private static LeafPlace.Secret previousOf(LeafPlace.Secret place) {
    return new LeafPlace.Secret(place.namespace(), place.name() + PREVIOUS, place.cluster());
  }

  private Secret wanted(LeafPlace.Secret place, HeldCertificate leaf, String type) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(place.namespace())
        .withName(place.name())
        .addToAnnotations(Annotations.LEAF, leaf.fingerprint().value())
        .addToAnnotations(Annotations.WRITTEN_AT, clock.instant().toString())
        .endMetadata()
        .withType(type)
        .withData(TlsSecret.data(leaf))
        .build();
  }

  /// Saved before the leaf is replaced, so that it can be tried, and put back. Of type Opaque: it
  /// may hold one key only, and tools that look for TLS Secrets shall not find it.
  private void keepPrevious(LeafPlace.Secret place, Secret live) {
    Map<String, String> data = new TreeMap<>(Optional.ofNullable(live.getData()).orElse(Map.of()));
    data.keySet().removeIf(k -> !k.equals(TlsSecret.CERTIFICATE) && !k.equals(TlsSecret.KEY));
    if (data.isEmpty()) {
      return;
    }
    LeafPlace.Secret previous = previousOf(place);
    Secret kept =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(previous.namespace())
            .withName(previous.name())
            .endMetadata()
            .withType("Opaque")
            .withData(data)
            .build();
    apply(previous, kept);
  }

  /// A plain create, because server-side apply can not say "only if it is not there". The field
  /// manager of a create is the user agent's name, which `KubeConnection` sets.
  private void create(LeafPlace.Secret place, Secret wanted) {
    write(place, () -> resource(wanted).create());
  }

  private void apply(LeafPlace.Secret place, Secret wanted) {
    write(
        place,
        () -> {
          try {
            return resource(wanted).fieldManager(Annotations.FIELD_MANAGER).serverSideApply();
          } catch (KubernetesClientException e) {
            if (!DeliveryRefusal.mayForce(place, e)) {
              throw e;
            }
            return resource(wanted)
                .fieldManager(Annotations.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
          }
        });
  }

  private Resource<Secret> resource(Secret secret) {
    return connection.client().resource(secret);
  }

  private void write(LeafPlace.Secret place, Supplier<Secret> call) {
    connection.call(
        "writing " + place.address(),
        () -> {
          try {
            return call.get();
          } catch (KubernetesClientException e) {
            Failure stale = DeliveryRefusal.changed(place);
            throw e.getCode() == 409 ? new NewleafException(stale, e) : e;
          }
        });
  }
}
