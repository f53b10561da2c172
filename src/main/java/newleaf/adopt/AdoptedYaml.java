package newleaf.adopt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Subject;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// Writes a desired-state file. Every text of somebody else is in quotes, or printable in a
/// comment.
public final class AdoptedYaml {

  /// What the file says besides what was found.
  ///
  /// @param cloud the lines of `cloud:`, without a secret
  /// @param keys the folder for keys of CAs that newleaf will make
  public record Setting(CloudAccess cloud, Optional<String> kubeContext, String keys) {}

  /// @param apiKeyVariable the environment variable with the API key
  public record CloudAccess(
      String address, String apiKeyVariable, boolean plaintext, Optional<String> serverCa) {}

  private final YamlLines out = new YamlLines();

  private AdoptedYaml() {}

  public static String of(Adopted adopted, Setting setting, Instant asOf) {
    AdoptedYaml yaml = new AdoptedYaml();
    yaml.head(adopted, asOf);
    yaml.access(setting);
    yaml.section("cas", adopted.cas(), ca -> yaml.ca(ca, setting.keys()));
    yaml.section("namespaces", adopted.namespaces(), yaml::namespace);
    yaml.section("leaves", adopted.leaves(), yaml::leaf);
    yaml.section("workers", adopted.workers(), yaml::worker);
    yaml.section("clients", adopted.clients(), yaml::client);
    yaml.left(adopted.left());
    return yaml.out.text();
  }

  private void head(Adopted adopted, Instant asOf) {
    out.comment(0, "Written by newleaf import at " + asOf + ". Nothing was changed.");
    out.comment(0, "adopt: CAs that somebody else made. newleaf leaves them alone until they are");
    out.comment(0, "due, then makes a generation of its own, moves every worker and retires them.");
    out.comment(0, "A note says what this file can not say as it is. Check it with: newleaf plan");
    out.line(0, "newleaf: 1");
    out.line(0, "account: " + YamlLines.quoted(adopted.account()));
  }

  private void access(Setting setting) {
    CloudAccess cloud = setting.cloud();
    out.blank();
    out.line(0, "cloud:");
    out.line(1, "address: " + YamlLines.quoted(cloud.address()));
    out.line(1, "apiKey: {env: " + YamlLines.quoted(cloud.apiKeyVariable()) + "}");
    if (cloud.plaintext()) {
      out.line(1, "plaintext: true");
    }
    cloud.serverCa().ifPresent(file -> out.line(1, "serverCa: " + YamlLines.quoted(file)));
    setting
        .kubeContext()
        .ifPresent(name -> out.line(0, "kubernetes: {context: " + YamlLines.quoted(name) + "}"));
  }

  private <T> void section(String key, List<T> entries, Consumer<T> each) {
    if (!entries.isEmpty()) {
      out.blank();
      out.line(0, key + ":");
      entries.forEach(each);
    }
  }

  private void remarks(List<String> remarks) {
    remarks.forEach(remark -> out.comment(1, "note: " + remark));
  }

  private void ca(Adopted.Ca ca, String keys) {
    for (Certificate member : ca.members()) {
      out.comment(1, Described.of(member));
    }
    remarks(ca.remarks());
    out.line(1, YamlLines.quoted(ca.name()) + ":");
    out.line(2, "adopt:");
    ca.members().forEach(m -> out.line(3, "- " + YamlLines.quoted(m.fingerprint().value())));
    out.line(2, "subject: " + subject(ca.subject()));
    out.line(2, "key: " + ca.key());
    lifetime(ca.lifetime().validity(), ca.lifetime().renewBefore());
    out.line(2, "keys: {directory: " + YamlLines.quoted(keys) + "}");
  }

  private void lifetime(Duration validity, Duration renewBefore) {
    out.line(2, "validity: " + duration(validity));
    if (!renewBefore.equals(Lifetimes.third(validity))) {
      out.line(2, "renewBefore: " + duration(renewBefore));
    }
  }

  private static String duration(Duration duration) {
    return Stream.of(
            part(duration.toDaysPart(), "d"),
            part(duration.toHoursPart(), "h"),
            part(duration.toMinutesPart(), "m"),
            part(duration.toSecondsPart(), "s"))
        .reduce("", String::concat);
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }

  private static String subject(Subject subject) {
    return "{commonName: "
        + YamlLines.quoted(subject.commonName())
        + subject.organization().map(o -> ", organization: " + YamlLines.quoted(o)).orElse("")
        + subject
            .organizationalUnit()
            .map(ou -> ", organizationalUnit: " + YamlLines.quoted(ou))
            .orElse("")
        + "}";
  }

  private void namespace(Adopted.Namespace namespace) {
    remarks(namespace.remarks());
    out.line(1, YamlLines.quoted(namespace.name()) + ":");
    out.line(2, "cas: " + YamlLines.list(namespace.cas()));
    namespace.filters().ifPresent(this::filters);
  }

  private void filters(List<CertificateFilter> filters) {
    out.line(2, filters.isEmpty() ? "filters: []" : "filters:");
    for (CertificateFilter filter : filters) {
      List<String> fields =
          Stream.of(
                  field("commonName", filter.commonName()),
                  field("organization", filter.organization()),
                  field("organizationalUnit", filter.organizationalUnit()),
                  field("subjectAlternativeName", filter.subjectAlternativeName()))
              .flatMap(Optional::stream)
              .toList();
      out.line(3, "- {" + String.join(", ", fields) + "}");
    }
  }

  private static Optional<String> field(String key, Optional<String> value) {
    return value.map(v -> key + ": " + YamlLines.quoted(v));
  }

  private void leaf(Adopted.Leaf leaf) {
    out.comment(1, Described.of(leaf.found()));
    remarks(leaf.remarks());
    out.line(1, YamlLines.quoted(leaf.name()) + ":");
    out.line(2, "ca: " + YamlLines.quoted(leaf.ca()));
    out.line(2, "subject: " + subject(leaf.profile().subject()));
    out.line(2, "key: " + leaf.profile().key().text());
    lifetime(leaf.profile().validity(), leaf.renewBefore());
    if (!leaf.profile().dnsNames().isEmpty()) {
      out.line(2, "dnsNames: " + YamlLines.list(leaf.profile().dnsNames()));
    }
  }

  private void worker(Adopted.Worker worker) {
    out.line(1, YamlLines.quoted(worker.name()) + ":");
    out.line(2, "leaf: " + YamlLines.quoted(worker.leaf()));
    out.line(2, "namespace: " + YamlLines.quoted(worker.namespace()));
    out.comment(2, "taskQueue: name it, and newleaf sees that every pod polls");
    out.line(2, "secret: " + YamlLines.quoted(secret(worker.place())));
    WorkerRef workload = worker.workload();
    out.line(
        2,
        workload.kind().key()
            + ": "
            + YamlLines.quoted(workload.namespace() + "/" + workload.name()));
  }

  private static String secret(LeafPlace.Secret place) {
    return place.namespace() + "/" + place.name();
  }

  private void client(Adopted.Client client) {
    out.comment(1, "not imported as a worker: " + client.holder() + ": " + client.why() + ".");
    out.comment(1, "Its CA stays until this is a worker (leaf, namespace, secret, deployment), or");
    out.comment(1, "`acknowledged: true` says that whoever it is has a new leaf.");
    out.line(
        1, YamlLines.quoted(client.name()) + ": {leaf: " + YamlLines.quoted(client.leaf()) + "}");
  }

  private void left(List<Adopted.Left> left) {
    if (!left.isEmpty()) {
      out.blank();
    }
    left.forEach(l -> out.comment(0, "not imported: " + l.what() + ": " + l.why()));
  }
}
