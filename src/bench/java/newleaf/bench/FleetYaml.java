package newleaf.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import newleaf.bench.Fleet.Authority;
import newleaf.bench.Fleet.Holding;
import newleaf.bench.Fleet.LeafKind;
import newleaf.bench.Fleet.Tenant;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Subject;
import newleaf.observed.LeafPlace;

/// The desired-state file of a fleet.
final class FleetYaml {
  private final StringBuilder out = new StringBuilder();

  private FleetYaml() {}

  static String of(Fleet fleet, String cloudAddress) {
    return new FleetYaml().text(fleet, cloudAddress);
  }

  private String text(Fleet fleet, String cloudAddress) {
    line("newleaf: 1");
    line("account: %s", Fleet.ACCOUNT);
    line("cloud: {address: \"%s\", plaintext: true, serverCa: server-ca.pem}", cloudAddress);
    line("cas:");
    fleet.authorities().forEach(this::authority);
    line("namespaces:");
    fleet.tenants().forEach(this::tenant);
    if (fleet.shape().workers() != Shape.Workers.NONE) {
      line("leaves:");
      fleet.kinds().forEach(this::kind);
      line("workers:");
      fleet
          .tenants()
          .forEach(t -> t.holdings().stream().filter(h -> !h.client()).forEach(h -> worker(t, h)));
      section("clients:", fleet);
    }
    return out.toString();
  }

  private void section(String head, Fleet fleet) {
    var clients = fleet.holdings().stream().filter(Holding::client).toList();
    if (!clients.isEmpty()) {
      line(head);
      clients.forEach(this::client);
    }
  }

  private void authority(Authority ca) {
    line("  %s:", ca.name());
    line("    subject: %s", subject(ca.profile().subject()));
    line("    key: %s", ca.profile().key().text());
    line("    validity: %s", days(ca.profile().validity()));
    line("    renewBefore: %s", days(ca.renewBefore()));
    line("    keys: {directory: %s}", Fleet.KEYS);
  }

  private void tenant(Tenant tenant) {
    line("  %s:", tenant.fullName());
    line("    cas: [%s]", tenant.ca().name());
    if (!tenant.filters().isEmpty()) {
      line("    filters:");
      tenant.filters().forEach(f -> line("      - commonName: \"%s\"", commonName(f)));
    }
  }

  private static String commonName(CertificateFilter filter) {
    return filter.commonName().orElseThrow();
  }

  private void kind(LeafKind leaf) {
    line("  %s:", leaf.name());
    line("    ca: %s", leaf.ca());
    line("    subject: %s", subject(leaf.profile().subject()));
    line("    validity: %s", days(leaf.profile().validity()));
    line("    renewBefore: %s", days(leaf.renewBefore()));
  }

  private void worker(Tenant tenant, Holding worker) {
    line("  %s:", worker.name());
    line("    leaf: %s", worker.kind().name());
    line("    namespace: %s", tenant.fullName());
    place(worker.place());
    worker.deployment().ifPresent(d -> line("    deployment: %s/%s", d.namespace(), d.name()));
  }

  private void client(Holding client) {
    line("  %s:", client.name());
    line("    leaf: %s", client.kind().name());
    place(client.place());
    line("    acknowledged: true");
  }

  private void place(LeafPlace place) {
    switch (place) {
      case LeafPlace.Secret(var namespace, var name, _) ->
          line("    secret: %s/%s", namespace, name);
      case LeafPlace.Directory(var path) -> line("    directory: %s", path);
    }
  }

  private static String subject(Subject subject) {
    return "{commonName: %s%s%s}"
        .formatted(
            subject.commonName(),
            field("organization", subject.organization()),
            field("organizationalUnit", subject.organizationalUnit()));
  }

  private static String field(String key, Optional<String> value) {
    return value.stream().map(v -> ", " + key + ": " + v).collect(Collectors.joining());
  }

  private static String days(Duration time) {
    return time.toDays() + "d";
  }

  private void line(String text, Object... values) {
    out.append(values.length == 0 ? text : text.formatted(values)).append('\n');
  }
}
