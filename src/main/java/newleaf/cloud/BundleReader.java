package newleaf.cloud;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Certificate;
import newleaf.cert.Pem;

/// Reads the trust bundles of many namespaces. The same CAs come again and again, so each
/// certificate is parsed once.
final class BundleReader {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ");

  /// @param facts of the same certificates, in the same order
  record Bundle(List<X509Certificate> certificates, List<Certificate> facts) {}

  private record Parsed(X509Certificate certificate, Certificate facts) {}

  private final Map<ByteString, Bundle> bundles = new HashMap<>();
  private final Map<Pem.Block, Parsed> certificates = new HashMap<>();

  /// All of it or nothing: a block that we skipped would be dropped by our next update.
  Bundle read(String namespace, ByteString pem) {
    Bundle known = bundles.get(pem);
    if (known == null) {
      known = parsed(namespace, pem.toString(StandardCharsets.UTF_8));
      bundles.put(pem, known);
    }
    return known;
  }

  private Bundle parsed(String namespace, String text) {
    List<Parsed> found = new ArrayList<>();
    try {
      for (Pem.Block block : Pem.blocks(text)) {
        found.add(certificates.computeIfAbsent(block, BundleReader::parsed));
      }
    } catch (IllegalArgumentException e) {
      throw new NewleafException(unreadable(namespace, Words.of(e)), e);
    }
    long begun = BEGIN.matcher(text).results().count();
    if (begun != found.size() || (found.isEmpty() && !text.isBlank())) {
      throw new NewleafException(
          unreadable(namespace, begun + " PEM blocks, " + found.size() + " readable certificates"));
    }
    return new Bundle(
        found.stream().map(Parsed::certificate).toList(),
        found.stream().map(Parsed::facts).toList());
  }

  private static Parsed parsed(Pem.Block block) {
    X509Certificate certificate = block.certificate();
    return new Parsed(certificate, Certificate.of(certificate));
  }

  private static Failure unreadable(String namespace, String why) {
    return new Failure.RemoteError(
        new Explanation(
            "NL3009",
            NamespaceMessages.address(namespace),
            "the service's bundle of accepted client CAs can not be read ("
                + why
                + "); changing it could drop a CA that workers need. Nothing was changed.",
            "Look at it: tcld namespace accepted-client-ca list --namespace " + namespace));
  }
}
