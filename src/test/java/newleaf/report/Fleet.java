package newleaf.report;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Fingerprint;
import newleaf.cert.Validity;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.desired.WorkerSpec;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Recorded;
import newleaf.plan.Plan;
import newleaf.plan.Planner;

/// Many namespaces that accept one CA, which is due, and a foreign one.
///
/// @param workers each has workers of its own
/// @param foreign subject of the foreign CA; with a `%s`, each has its own
record Fleet(int namespaces, boolean workers, String foreign) {
  static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

  Plan plan() {
    Desired desired = DesiredYaml.read("fleet.yaml", yaml().getBytes(StandardCharsets.UTF_8));
    return Planner.plan(desired, observed(desired), NOW);
  }

  private String yaml() {
    StringBuilder yaml =
        new StringBuilder(
            """
            newleaf: 1
            account: sdvdw
            cloud: {address: "saas-api.tmprl.cloud:443", apiKey: {env: KEY}}
            cas:
              fleet:
                subject: {commonName: Fleet CA, organization: Temporal}
                key: ec-p384
                validity: 365d
                renewBefore: 60d
                keys: {directory: keys}
                soak: 1d
                retire: after-verify
            namespaces:
            """);
    each(yaml, "  ns%03d.sdvdw: {cas: [fleet]}\n");
    yaml.append("leaves:\n");
    each(
        yaml,
        "  l%03d: {ca: fleet, subject: {commonName: ns%1$03d}, validity: 30d, renewBefore: 10d}\n");
    if (workers) {
      yaml.append("workers:\n");
      each(
          yaml,
          "  w%03d: {leaf: l%1$03d, namespace: ns%1$03d.sdvdw, taskQueue: q, secret: apps/w%1$03d-tls,"
              + " deployment: apps/w%1$03d, restart: rolling}\n");
    }
    return yaml.toString();
  }

  private void each(StringBuilder yaml, String line) {
    for (int i = 1; i <= namespaces; i++) {
      yaml.append(line.formatted(i));
    }
  }

  private Observed observed(Desired desired) {
    Certificate ca = certificate(1, "CN=Fleet CA G1,O=Temporal", "CN=Fleet CA G1,O=Temporal", 40);
    List<ObservedNamespace> found =
        desired.namespaces().stream()
            .map(n ->
                new ObservedNamespace(
                    n.name(),
                    "v1",
                    ObservedNamespace.State.ACTIVE,
                    Optional.empty(),
                    true,
                    List.of(ca, other(n.name())),
                    1600,
                    List.<CertificateFilter>of(),
                    Optional.empty()))
            .toList();
    List<ObservedLeaf> leaves = new ArrayList<>();
    List<ObservedWorker> running = new ArrayList<>();
    for (WorkerSpec worker : desired.workers()) {
      Certificate leaf =
          certificate(
              3 + leaves.size(), "CN=ns" + worker.leaf().substring(1), ca.subject().value(), 20);
      leaves.add(
          new ObservedLeaf(
              worker.place(),
              Optional.of(leaf),
              Optional.of(ca.fingerprint()),
              true,
              Optional.of("7"),
              Optional.empty(),
              Optional.empty()));
      running.add(
          new ObservedWorker(
              worker.workload().orElseThrow(), true, 3, true, Optional.empty(), true, List.of()));
    }
    return new Observed(
        NOW,
        found,
        List.of(new ObservedCa("fleet", 1, ca, true)),
        leaves,
        running,
        Recorded.NOTHING);
  }

  private Certificate other(String namespace) {
    String subject = foreign.formatted(namespace);
    return certificate(subject.hashCode(), subject, subject, 700);
  }

  private static Certificate certificate(int number, String subject, String issuer, int days) {
    Instant end = NOW.plus(Duration.ofDays(days));
    return new Certificate(
        new Fingerprint("%08x".formatted(number * 0x1f3d5b79).repeat(8)),
        new DistinguishedName(subject),
        new DistinguishedName(issuer),
        new Validity(end.minus(Duration.ofDays(365)), end),
        List.of(),
        "ec-p384",
        subject.equals(issuer));
  }
}
