package newleaf.cloud;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.temporal.api.cloud.namespace.v1.ApiKeyAuthSpec;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.Endpoints;
import io.temporal.api.cloud.namespace.v1.LifecycleSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.resource.v1.ResourceState;
import java.security.cert.X509Certificate;
import java.util.List;
import newleaf.cert.Pem;

/// Namespaces as the service would send them, with fields that nobody here knows.
final class Samples {
  static final String NAME = "pay.a1b2c";

  private Samples() {}

  static Namespace namespace(String name, X509Certificate... bundle) {
    return Namespace.newBuilder()
        .setNamespace(name)
        .setResourceVersion("v1")
        .setState(ResourceState.RESOURCE_STATE_ACTIVE)
        .setSpec(spec(name, bundle))
        .setEndpoints(Endpoints.newBuilder().setMtlsGrpcAddress(name + ".tmprl.cloud:7233"))
        .build();
  }

  private static NamespaceSpec spec(String name, X509Certificate... bundle) {
    return NamespaceSpec.newBuilder()
        .setName(name)
        .setRetentionDays(30)
        .setApiKeyAuth(ApiKeyAuthSpec.newBuilder().setEnabled(true))
        .setLifecycle(LifecycleSpec.newBuilder().setEnableDeleteProtection(true))
        .setMtlsAuth(mtls(bundle))
        .setUnknownFields(unknown(900, "of the spec"))
        .build();
  }

  private static MtlsAuthSpec mtls(X509Certificate... bundle) {
    return MtlsAuthSpec.newBuilder()
        .setEnabled(bundle.length > 0)
        // as the service stores it: no newline at the end
        .setAcceptedClientCa(ByteString.copyFromUtf8(Pem.of(List.of(bundle)).strip()))
        .addCertificateFilters(
            CertificateFilterSpec.newBuilder()
                .setCommonName("pay.*")
                .setUnknownFields(unknown(901, "of a filter")))
        .setUnknownFields(unknown(902, "of mtls_auth"))
        .build();
  }

  private static UnknownFieldSet unknown(int number, String text) {
    return UnknownFieldSet.newBuilder()
        .addField(
            number,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(text))
                .build())
        .build();
  }
}
