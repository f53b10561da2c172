package newleaf.kube;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.Pem;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.OtherSecrets;
import newleaf.observed.Sweep;

/// Looks into all Secrets of the cluster that may hold a leaf, or where that is denied, into those
/// of the Kubernetes namespaces that the YAML names.
public final class KubeOtherSecrets implements OtherSecrets {
  private final KubeConnection connection;
  private final Set<LeafPlace.Secret> named;

  /// @param named places of the YAML in this cluster, which are known already
  public KubeOtherSecrets(KubeConnection connection, Collection<LeafPlace> named) {
    this.connection = connection;
    this.named =
        named.stream()
            .filter(LeafPlace.Secret.class::isInstance)
            .map(LeafPlace.Secret.class::cast)
            .map(s -> s.in(Optional.empty())) // as what is found here is named
            .collect(Collectors.toSet());
  }

  @Override
  public Optional<Sweep> find(Issuers issuers) {
    List<Secret> found = new ArrayList<>();
    Optional<String> denied = everywhere(found);
    Optional<String> notLooked = denied.map(why -> fewer(found) + why);
    List<Secret> others = found.stream().filter(this::isOther).toList();
    return Optional.of(
        new Sweep(
            others.size(),
            notLooked,
            others.stream().flatMap(s -> stray(s, issuers).stream()).toList()));
  }

  /// @return why not
  private Optional<String> everywhere(List<Secret> found) {
    try {
      for (String type : TlsSecret.TYPES) {
        found.addAll(
            list(
                "listing the Secrets of all namespaces",
                connection.client().secrets().inAnyNamespace().withField("type", type)));
      }
      return Optional.empty();
    } catch (NewleafException e) {
      return Optional.of(denial(e));
    }
  }

  /// What is looked at instead, as the beginning of the sentence that says why.
  private String fewer(List<Secret> found) {
    found.clear();
    Set<String> readable = new TreeSet<>();
    for (String namespace : named.stream().map(LeafPlace.Secret::namespace).distinct().toList()) {
      try {
        for (String type : TlsSecret.TYPES) {
          found.addAll(
              list(
                  "listing the Secrets of namespace " + namespace,
                  connection.client().secrets().inNamespace(namespace).withField("type", type)));
        }
        readable.add(namespace);
      } catch (NewleafException e) {
        denial(e);
      }
    }
    return readable.isEmpty()
        ? "any Secret that the YAML does not name; "
        : "Secrets outside the Kubernetes namespaces " + String.join(", ", readable) + "; ";
  }

  private List<Secret> list(
      String doing, FilterWatchListDeletable<Secret, SecretList, Resource<Secret>> some) {
    return connection.call(doing, () -> Pages.all(some)).stream()
        .filter(s -> s.getData() != null && s.getData().containsKey(TlsSecret.CERTIFICATE))
        .toList();
  }

  private static String denial(NewleafException e) {
    if (e.failure() instanceof Failure.Denied(var text)) {
      return text.what().replaceAll("\\.$", "");
    }
    throw e;
  }

  private boolean isOther(Secret secret) {
    return !named.contains(place(secret)) && !isPrevious(secret.getMetadata());
  }

  /// A leaf of before that newleaf keeps, for itself.
  private static boolean isPrevious(ObjectMeta metadata) {
    return metadata.getName().endsWith(KubeLeafDelivery.PREVIOUS)
        && metadata.getManagedFields().stream()
            .map(ManagedFieldsEntry::getManager)
            .anyMatch(Annotations.FIELD_MANAGER::equals);
  }

  private static LeafPlace.Secret place(Secret secret) {
    return new LeafPlace.Secret(
        secret.getMetadata().getNamespace(), secret.getMetadata().getName());
  }

  /// Also of a leaf whose issuer is beside it and comes from a known CA. A CA is nobody's leaf.
  private static Optional<Sweep.Stray> stray(Secret secret, Issuers issuers) {
    List<X509Certificate> chain = certificates(secret);
    if (chain.isEmpty() || Certificate.of(chain.getFirst()).authority()) {
      return Optional.empty();
    }
    Optional<Fingerprint> issuer =
        chain.stream().map(issuers::of).flatMap(Optional::stream).findFirst();
    return issuer.map(ca -> new Sweep.Stray(place(secret), Certificate.of(chain.getFirst()), ca));
  }

  private static List<X509Certificate> certificates(Secret secret) {
    try {
      return Pem.certificates(TlsSecret.certificates(secret));
    } catch (IllegalArgumentException _) {
      return List.of(); // no worker could load it either
    }
  }
}
