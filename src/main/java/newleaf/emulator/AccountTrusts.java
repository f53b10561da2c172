package newleaf.emulator;

import io.temporal.api.cloud.namespace.v1.CertificateFilterSpec;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Pem;
import newleaf.emulator.cloud.Account;
import newleaf.emulator.frontend.Trust;
import newleaf.emulator.frontend.Trusts;

/// Reads what one frontend trusts from the account. The last parsed form is kept, because every
/// call asks; it is parsed anew as soon as the spec is another one.
final class AccountTrusts implements Trusts {
  private record Parsed(MtlsAuthSpec spec, Trust trust) {}

  private final Account account;
  private final double share;
  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

  /// @param share of the time that a change takes to spread, after which it is seen here
  AccountTrusts(Account account, double share) {
    this.account = account;
    this.share = share;
  }

  @Override
  public Optional<Trust> current(String namespace) {
    return account
        .inEffect(namespace, share)
        .map(NamespaceSpec::getMtlsAuth)
        .filter(MtlsAuthSpec::getEnabled)
        .map(spec -> trust(namespace, spec));
  }

  private Trust trust(String namespace, MtlsAuthSpec spec) {
    Parsed last = parsed.get(namespace);
    if (last == null || !last.spec().equals(spec)) {
      last = new Parsed(spec, parse(spec));
      parsed.put(namespace, last);
    }
    return last.trust();
  }

  private static Trust parse(MtlsAuthSpec spec) {
    return new Trust(
        Pem.certificates(spec.getAcceptedClientCa().toStringUtf8()),
        spec.getCertificateFiltersList().stream().map(AccountTrusts::filter).toList());
  }

  private static CertificateFilter filter(CertificateFilterSpec spec) {
    return new CertificateFilter(
        given(spec.getCommonName()),
        given(spec.getOrganization()),
        given(spec.getOrganizationalUnit()),
        given(spec.getSubjectAlternativeName()));
  }

  private static Optional<String> given(String value) {
    return Optional.of(value).filter(v -> !v.isEmpty());
  }
}
