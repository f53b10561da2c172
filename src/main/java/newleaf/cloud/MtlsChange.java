package newleaf.cloud;

import com.google.protobuf.ByteString;
import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.TrustChange;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.cert.Pem;

/// What a [TrustChange] makes of the mTLS part of a spec. Starts from the received message, so that
/// fields it does not know are sent back; the result equals it when there is nothing to do.
record MtlsChange(String namespace, TrustChange change) {

  MtlsAuthSpec applyTo(MtlsAuthSpec received) {
    MtlsAuthSpec.Builder changed = received.toBuilder();
    changeBundle(received, changed);
    change.filters().ifPresent(wanted -> changeFilters(received, changed, wanted));
    return changed.build();
  }

  private void changeBundle(MtlsAuthSpec received, MtlsAuthSpec.Builder changed) {
    List<X509Certificate> before =
        new BundleReader().read(namespace, received.getAcceptedClientCa()).certificates();
    Map<Fingerprint, X509Certificate> after = bundleAfter(before);
    if (!change.add().isEmpty()) {
      changed.setEnabled(true);
    }
    // compared as sets: the service normalizes the text, so bytes say nothing
    if (after.keySet().equals(byFingerprint(before).keySet())) {
      return;
    }
    if (after.isEmpty() && changed.getEnabled()) {
      throw new NewleafException(emptied());
    }
    changed.setAcceptedClientCa(ByteString.copyFromUtf8(Pem.of(after.values())));
  }

  private Map<Fingerprint, X509Certificate> bundleAfter(List<X509Certificate> before) {
    Map<Fingerprint, X509Certificate> after = byFingerprint(before);
    after.keySet().removeAll(change.remove());
    byFingerprint(change.add()).forEach(after::putIfAbsent);
    return after;
  }

  private static Map<Fingerprint, X509Certificate> byFingerprint(List<X509Certificate> bundle) {
    Map<Fingerprint, X509Certificate> found = new LinkedHashMap<>();
    bundle.forEach(c -> found.putIfAbsent(Fingerprint.of(c), c));
    return found;
  }

  private static void changeFilters(
      MtlsAuthSpec received, MtlsAuthSpec.Builder changed, List<CertificateFilter> wanted) {
    List<CertificateFilterSpec> present = received.getCertificateFiltersList();
    if (present.stream().map(NamespaceMessages::filter).toList().equals(wanted)) {
      return;
    }
    List<CertificateFilterSpec> after = new ArrayList<>();
    for (CertificateFilter filter : wanted) {
      after.add(
          present.stream()
              .filter(m -> NamespaceMessages.filter(m).equals(filter))
              .findFirst()
              .orElseGet(() -> NamespaceMessages.message(filter)));
    }
    changed.clearCertificateFilters().addAllCertificateFilters(after);
  }

  private Failure emptied() {
    return new Failure.Refused(
        new Explanation(
            "NL3006",
            NamespaceMessages.address(namespace),
            "this would remove the last accepted client CA while mTLS is on;"
                + " no worker could connect any more. Nothing was changed.",
            "Trust another CA first, or turn mTLS off."));
  }
}
