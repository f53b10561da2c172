package newleaf.emulator.x509;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// X.509v3, RSA or ECDSA, SHA-256 or stronger (docs.temporal.io/cloud/certificates).
public final class Strength {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MIN_EC_BITS = 256;
  private static final Pattern STRONG = Pattern.compile("SHA(256|384|512)with(RSA|ECDSA)");
  private static final Set<String> STRONG_DIGESTS = Set.of("SHA-256", "SHA-384", "SHA-512");

  private Strength() {}

  /// Why the certificate is too weak or of a kind that is not accepted, or empty.
  public static Optional<String> problemOf(X509Certificate certificate) {
    if (certificate.getVersion() != 3) {
      return Optional.of("is X.509 version " + certificate.getVersion() + ", not 3");
    }
    if (!strongSignature(certificate)) {
      return Optional.of(
          "is signed with "
              + certificate.getSigAlgName()
              + "; RSA or ECDSA with SHA-256 or stronger is required");
    }
    return problemOf(certificate.getPublicKey());
  }

  private static Optional<String> problemOf(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> tooShort("RSA", rsa.getModulus().bitLength(), MIN_RSA_BITS);
      case ECPublicKey ec ->
          tooShort("ECDSA", ec.getParams().getCurve().getField().getFieldSize(), MIN_EC_BITS);
      case PublicKey other ->
          Optional.of("has a key of type " + other.getAlgorithm() + "; RSA or ECDSA is required");
    };
  }

  private static Optional<String> tooShort(String type, int bits, int minimum) {
    return bits >= minimum
        ? Optional.empty()
        : Optional.of("has a key of " + bits + " bits; " + type + " needs " + minimum);
  }

  private static boolean strongSignature(X509Certificate certificate) {
    return certificate.getSigAlgName().equals("RSASSA-PSS")
        ? strongPss(certificate.getSigAlgParams())
        : STRONG.matcher(certificate.getSigAlgName()).matches();
  }

  private static boolean strongPss(byte[] encoded) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
      parameters.init(encoded);
      return STRONG_DIGESTS.contains(
          parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
    } catch (GeneralSecurityException | IOException _) {
      return false; // parameters nobody can read are not a proof of strength
    }
  }
}
