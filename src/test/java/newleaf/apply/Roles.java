package newleaf.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.json.Json;
import newleaf.observed.Observed;
import newleaf.observed.ObservedNamespace;

/// Real certificates differ from run to run. Here each gets the SHA-256 of its role as its
/// fingerprint, and a bundle a size that does not depend on the length of signatures.
record Roles(Map<Fingerprint, String> roles) {
  private static final int BYTES_OF_A_CA = 800;

  Observed of(Observed real) {
    List<ObservedNamespace> namespaces = real.namespaces().stream().map(Roles::sized).toList();
    Observed sized =
        new Observed(
            real.at(),
            namespaces,
            real.cas(),
            real.leaves(),
            real.workers(),
            real.recorded(),
            real.sweep());
    String json = named(Json.line(sized));
    // the first line of a journal holds the digest of a plan, and that its certificates
    String lineage = real.recorded().journal().lineage().orElse("none");
    return Json.read(json.replace(lineage, sha256("journal")), Observed.class);
  }

  private static ObservedNamespace sized(ObservedNamespace n) {
    List<Certificate> cas = new ArrayList<>(n.acceptedClientCas());
    return new ObservedNamespace(
        n.name(),
        n.resourceVersion(),
        n.state(),
        n.operation(),
        n.mtlsEnabled(),
        cas,
        cas.size() * BYTES_OF_A_CA,
        n.filters(),
        n.mtlsAddress());
  }

  private String named(String json) {
    String text = json;
    for (Map.Entry<Fingerprint, String> role : roles.entrySet()) {
      text = text.replace(role.getKey().value(), sha256(role.getValue()));
    }
    return text;
  }

  private static String sha256(String role) {
    try {
      byte[] bytes = role.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
