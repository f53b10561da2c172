package newleaf.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.Printable;
import newleaf.apply.CaStore;
import newleaf.observed.LeafPlace;

/// The certificates and keys of CAs in one Secret, an entry each. The keys are as in a folder:
/// under a passphrase, which is not in there. Whoever may read the Secret has no key yet.
public final class SecretCaStore implements CaStore {
  private static final String TYPE = "Opaque";
  private static final int TRIES = 5;

  private final KubeConnection connection;
  private final LeafPlace.Secret place;

  public SecretCaStore(KubeConnection connection, LeafPlace.Secret place) {
    this.connection = connection;
    this.place = place;
  }

  @Override
  public String where(String name) {
    return place.address() + " " + name;
  }

  @Override
  public List<String> names() {
    return call("reading", () -> entries(get())).keySet().stream().sorted().toList();
  }

  @Override
  public boolean has(String name) {
    return names().contains(name);
  }

  @Override
  public Optional<byte[]> read(String name) {
    return Optional.ofNullable(call("reading", () -> entries(get())).get(name))
        .map(Base64.getDecoder()::decode);
  }

  private static Map<String, String> entries(Optional<Secret> secret) {
    return secret.map(Secret::getData).orElse(Map.of());
  }

  @Override
  public void write(String name, byte[] content) {
    String text = Base64.getEncoder().encodeToString(content);
    call(
        "writing",
        () -> {
          for (int left = TRIES; !written(name, text); left--) {
            if (left == 1) {
              throw new NewleafException(contended());
            }
          }
          return text;
        });
  }

  /// Every entry has a name of its own, so what others write meanwhile is only kept. A writing
  /// whose answer was lost is done once more, to no effect.
  private boolean written(String name, String text) {
    Optional<Secret> now = get();
    Secret next = now.map(SecretBuilder::new).orElseGet(this::fresh).addToData(name, text).build();
    try {
      if (now.isPresent()) {
        resource(next).lockResourceVersion(next.getMetadata().getResourceVersion()).update();
      } else {
        resource(next).create();
      }
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        throw e;
      }
      return false;
    }
  }

  private SecretBuilder fresh() {
    ObjectMeta metadata = new ObjectMeta();
    metadata.setNamespace(place.namespace());
    metadata.setName(place.name());
    return new SecretBuilder().withMetadata(metadata).withType(TYPE);
  }

  private Optional<Secret> get() {
    Optional<Secret> secret =
        Optional.ofNullable(
            connection
                .client()
                .secrets()
                .inNamespace(place.namespace())
                .withName(place.name())
                .get());
    secret.filter(s -> !TYPE.equals(s.getType())).ifPresent(this::refuse);
    return secret;
  }

  private void refuse(Secret secret) {
    throw new NewleafException(
        new Failure.Refused(
            new Explanation(
                "NL4040",
                place.address(),
                "is of type %s; the keys of CAs have a Secret of their own, of type Opaque."
                    .formatted(Printable.of(secret.getType())),
                "Name another in `keys:`; newleaf makes it.")));
  }

  private Failure contended() {
    return new Failure.RemoteError(
        new Explanation(
            "NL4041",
            place.address(),
            "is being changed by others all the time.",
            "Find out by whom: kubectl get secret %s -n %s --show-managed-fields -o yaml"
                .formatted(place.name(), place.namespace())));
  }

  private Resource<Secret> resource(Secret secret) {
    return connection.client().resource(secret);
  }

  private <T> T call(String doing, Supplier<T> call) {
    return connection.call(doing + " " + place.address(), () -> Shielded.call(call));
  }
}
