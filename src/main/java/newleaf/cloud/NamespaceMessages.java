package newleaf.cloud;

import com.google.protobuf.ByteString;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.resource.v1.ResourceState;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Pem;
import newleaf.observed.NamespaceReading;
import newleaf.observed.ObservedNamespace;

/// Between the service's messages and our words.
final class NamespaceMessages {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ");

  private NamespaceMessages() {}

  static String address(String namespace) {
    return "namespace/" + namespace;
  }

  static NamespaceReading reading(Namespace message) {
    MtlsAuthSpec mtls = message.getSpec().getMtlsAuth();
    List<X509Certificate> bundle = bundle(message.getNamespace(), mtls.getAcceptedClientCa());
    ObservedNamespace namespace =
        new ObservedNamespace(
            message.getNamespace(),
            message.getResourceVersion(),
            state(message.getState()),
            given(message.getAsyncOperationId()),
            mtls.getEnabled(),
            bundle.stream().map(Certificate::of).toList(),
            mtls.getAcceptedClientCa().size(),
            mtls.getCertificateFiltersList().stream().map(NamespaceMessages::filter).toList(),
            given(message.getEndpoints().getMtlsGrpcAddress()));
    return new NamespaceReading(namespace, bundle);
  }

  /// All of it or nothing: a block that we skipped would be dropped by our next update.
  static List<X509Certificate> bundle(String namespace, ByteString pem) {
    String text = pem.toString(StandardCharsets.UTF_8);
    List<X509Certificate> found;
    try {
      found = Pem.certificates(text);
    } catch (IllegalArgumentException e) {
      throw new NewleafException(unreadable(namespace, Words.of(e)), e);
    }
    long begun = BEGIN.matcher(text).results().count();
    if (begun != found.size() || (found.isEmpty() && !text.isBlank())) {
      throw new NewleafException(
          unreadable(namespace, begun + " PEM blocks, " + found.size() + " readable certificates"));
    }
    return found;
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

  private static Failure unreadable(String namespace, String why) {
    return new Failure.RemoteError(
        new Explanation(
            "NL3009",
            address(namespace),
            "the service's bundle of accepted client CAs can not be read ("
                + why
                + "); changing it could drop a CA that workers need. Nothing was changed.",
            "Look at it: tcld namespace accepted-client-ca list --namespace " + namespace));
  }
}
