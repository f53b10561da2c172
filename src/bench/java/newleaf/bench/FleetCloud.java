package newleaf.bench;

import com.google.protobuf.ByteString;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.namespace.v1.ReplicaSpec;
import newleaf.bench.Fleet.Tenant;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Pem;
import newleaf.emulator.cloud.Account;

/// The namespaces of a fleet in an emulated account.
final class FleetCloud {
  private static final String REGION = "aws-eu-central-1";

  private FleetCloud() {}

  static void fill(Account account, Fleet fleet) {
    fleet.tenants().forEach(tenant -> account.add(spec(tenant)));
  }

  @SuppressWarnings("deprecation") // Terraform reads the regions
  private static NamespaceSpec spec(Tenant tenant) {
    MtlsAuthSpec.Builder mtls =
        MtlsAuthSpec.newBuilder()
            .setEnabled(true)
            .setAcceptedClientCa(ByteString.copyFromUtf8(Pem.of(tenant.bundle())));
    tenant.filters().forEach(filter -> mtls.addCertificateFilters(spec(filter)));
    return NamespaceSpec.newBuilder()
        .setName(tenant.name())
        .addRegions(REGION)
        .addReplicas(ReplicaSpec.newBuilder().setRegion(REGION))
        .setRetentionDays(30)
        .setMtlsAuth(mtls)
        .build();
  }

  private static CertificateFilterSpec.Builder spec(CertificateFilter filter) {
    return CertificateFilterSpec.newBuilder().setCommonName(filter.commonName().orElseThrow());
  }
}
