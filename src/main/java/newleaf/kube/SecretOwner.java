package newleaf.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;

/// Who writes a Secret back when it is changed.
final class SecretOwner {
  private SecretOwner() {}

  static Optional<String> of(Secret secret) {
    ObjectMeta metadata = secret.getMetadata();
    return Annotations.of(metadata, "cert-manager.io/certificate-name")
        .map(name -> "cert-manager Certificate " + name)
        .or(() -> reference(metadata))
        .or(() -> synced(metadata))
        .or(() -> helm(metadata))
        .or(() -> argo(metadata));
  }

  private static Optional<String> reference(ObjectMeta metadata) {
    return metadata.getOwnerReferences().stream()
        .findFirst()
        .map((OwnerReference owner) -> owner.getKind() + " " + owner.getName());
  }

  /// By the labels of tools that copy Secrets from elsewhere, also without owning them.
  private static Optional<String> synced(ObjectMeta metadata) {
    if (label(metadata, "reconcile.external-secrets.io/managed").isPresent()) {
      return Optional.of("External Secrets");
    }
    if (label(metadata, "secrets.hashicorp.com/vso-ownerRefUID").isPresent()) {
      return Optional.of("the Vault Secrets Operator");
    }
    return Annotations.of(metadata, "reflector.v1.k8s.emberstack.com/reflects")
        .map(source -> "Reflector, which copies " + source)
        .or(() ->
            label(metadata, "kustomize.toolkit.fluxcd.io/name")
                .or(() -> label(metadata, "helm.toolkit.fluxcd.io/name"))
                .map(name -> "Flux " + name));
  }

  private static Optional<String> helm(ObjectMeta metadata) {
    return label(metadata, "app.kubernetes.io/managed-by")
        .filter("Helm"::equals)
        .map(_ ->
            Annotations.of(metadata, "meta.helm.sh/release-name")
                .map(release -> "Helm release " + release)
                .orElse("Helm"));
  }

  /// The tracking id begins with the application: `<app>:<group>/<kind>:<namespace>/<name>`.
  private static Optional<String> argo(ObjectMeta metadata) {
    return Annotations.of(metadata, "argocd.argoproj.io/tracking-id")
        .map(id -> id.split(":", 2)[0])
        .or(() -> label(metadata, "argocd.argoproj.io/instance"))
        .map(application -> "Argo CD application " + application);
  }

  private static Optional<String> label(ObjectMeta metadata, String name) {
    return Optional.ofNullable(metadata.getLabels())
        .map((Map<String, String> labels) -> labels.get(name));
  }
}
