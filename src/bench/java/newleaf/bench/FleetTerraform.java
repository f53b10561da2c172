package newleaf.bench;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import newleaf.bench.Fleet.Tenant;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Pem;

/// The namespaces of a fleet as variables for Terraform, in the form that the service keeps.
final class FleetTerraform {
  private FleetTerraform() {}

  static String variables(Fleet fleet) {
    return fleet.tenants().stream()
        .map(FleetTerraform::namespace)
        .collect(Collectors.joining(",\n", "{\"namespaces\": {\n", "\n}}\n"));
  }

  private static String namespace(Tenant tenant) {
    return "\"%s\": {\"cas\": \"%s\", \"filters\": [%s]}"
        .formatted(
            tenant.name(),
            base64(tenant.bundle()),
            tenant.filters().stream()
                .map(FleetTerraform::commonName)
                .collect(Collectors.joining(", ")));
  }

  private static String commonName(CertificateFilter filter) {
    return "\"" + filter.commonName().orElseThrow() + "\"";
  }

  private static String base64(List<X509Certificate> bundle) {
    String pem = Pem.of(bundle).strip();
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
