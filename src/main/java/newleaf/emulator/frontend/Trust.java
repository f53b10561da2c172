package newleaf.emulator.frontend;

import java.security.cert.X509Certificate;
import java.util.List;
import newleaf.cert.CertificateFilter;

/// What one namespace goes by at this moment: its accepted client CAs and its filters.
public record Trust(List<X509Certificate> cas, List<CertificateFilter> filters) {
  public Trust {
    cas = List.copyOf(cas);
    filters = List.copyOf(filters);
  }
}
