package newleaf.cloud;

import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.resource.v1.ResourceState;
import java.util.Optional;
import newleaf.cert.CertificateFilter;
import newleaf.observed.NamespaceReading;
import newleaf.observed.ObservedNamespace;

/// Between the service's messages and our words.
final class NamespaceMessages {
  private NamespaceMessages() {}

  static String address(String namespace) {
    return "namespace/" + namespace;
  }

  static NamespaceReading reading(Namespace message, BundleReader bundles) {
    MtlsAuthSpec mtls = message.getSpec().getMtlsAuth();
    BundleReader.Bundle bundle = bundles.read(message.getNamespace(), mtls.getAcceptedClientCa());
    ObservedNamespace namespace =
        new ObservedNamespace(
            message.getNamespace(),
            message.getResourceVersion(),
            state(message.getState()),
            given(message.getAsyncOperationId()),
            mtls.getEnabled(),
            bundle.facts(),
            mtls.getAcceptedClientCa().size(),
            mtls.getCertificateFiltersList().stream().map(NamespaceMessages::filter).toList(),
            given(message.getEndpoints().getMtlsGrpcAddress()));
    return new NamespaceReading(namespace, bundle.certificates());
  }

  static CertificateFilter filter(CertificateFilterSpec message) {
    return new CertificateFilter(
        given(message.getCommonName()),
        given(message.getOrganization()),
        given(message.getOrganizationalUnit()),
        given(message.getSubjectAlternativeName()));
  }

  static CertificateFilterSpec message(CertificateFilter filter) {
    return CertificateFilterSpec.newBuilder()
        .setCommonName(filter.commonName().orElse(""))
        .setOrganization(filter.organization().orElse(""))
        .setOrganizationalUnit(filter.organizationalUnit().orElse(""))
        .setSubjectAlternativeName(filter.subjectAlternativeName().orElse(""))
        .build();
  }

  private static ObservedNamespace.State state(ResourceState state) {
    return switch (state) {
      // a failed update left it as it was, and only another update ends that state
      case RESOURCE_STATE_ACTIVE, RESOURCE_STATE_UPDATE_FAILED -> ObservedNamespace.State.ACTIVE;
      case RESOURCE_STATE_UPDATING -> ObservedNamespace.State.UPDATING;
      case RESOURCE_STATE_UNSPECIFIED,
          RESOURCE_STATE_ACTIVATING,
          RESOURCE_STATE_ACTIVATION_FAILED,
          RESOURCE_STATE_DELETING,
          RESOURCE_STATE_DELETE_FAILED,
          RESOURCE_STATE_DELETED,
          RESOURCE_STATE_SUSPENDED,
          RESOURCE_STATE_EXPIRED,
          UNRECOGNIZED ->
          ObservedNamespace.State.UNAVAILABLE;
    };
  }

  private static Optional<String> given(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
