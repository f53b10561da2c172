package newleaf.report;

import java.time.Instant;
import java.util.stream.Collectors;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;

/// What was seen at one moment, certificate by certificate.
public final class ObservedText {
  private final Instant at;
  private final StringBuilder out = new StringBuilder();

  private ObservedText(Instant at) {
    this.at = at;
  }

  public static String of(Observed observed) {
    ObservedText text = new ObservedText(observed.at());
    text.line("As of " + Words.time(observed.at()) + ".");
    observed.namespaces().forEach(text::namespace);
    observed.cas().forEach(text::ca);
    observed.leaves().forEach(text::leaf);
    observed.workers().forEach(text::worker);
    return text.out.toString();
  }

  private void namespace(ObservedNamespace namespace) {
    line("");
    line(
        "namespace/%s  version %s%s"
            .formatted(
                namespace.name(),
                namespace.resourceVersion(),
                namespace.mtlsEnabled() ? "" : ", mTLS is off"));
    namespace.acceptedClientCas().forEach(ca -> line("  accepts  " + certificate(ca)));
    if (!namespace.filters().isEmpty()) {
      line("  filters  " + filters(namespace));
    }
  }

  private static String filters(ObservedNamespace namespace) {
    return namespace.filters().stream()
        .map(CertificateFilter::text)
        .collect(Collectors.joining("; "));
  }

  private void ca(ObservedCa ca) {
    line("");
    line(ca.address() + (ca.keyHeld() ? "" : "  its private key is not here"));
    line("  is       " + certificate(ca.certificate()));
  }

  private void leaf(ObservedLeaf leaf) {
    line("");
    line(leaf.place().address());
    line("  holds    " + leaf.certificate().map(this::certificate).orElse("nothing"));
  }

  private void worker(ObservedWorker worker) {
    line("");
    line(
        "%s  %s, %d ready"
            .formatted(
                worker.worker().address(),
                worker.exists() ? Words.count(worker.replicas(), "replica") : "is not there",
                worker.pods().stream().filter(ObservedWorker.Pod::ready).count()));
  }

  private String certificate(Certificate certificate) {
    return "%s  %s  %s"
        .formatted(
            certificate.subject().value(),
            certificate.fingerprint().shortText(),
            Words.until(certificate.validity().notAfter(), at));
  }

  private void line(String text) {
    out.append(Words.safe(text)).append('\n');
  }
}
