package newleaf.cert;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A PKCS#10 request: a public key, signed by whoever has the private one. What else stands in it
/// is not gone by: the plan says what a leaf looks like.
///
/// @param value DER in base64
public record SigningRequest(String value) {

  public static SigningRequest of(Subject subject, KeyPair keys) {
    try {
      var request =
          new JcaPKCS10CertificationRequestBuilder(Issuance.nameOf(subject), keys.getPublic())
              .build(
                  new JcaContentSignerBuilder(Issuance.signatureName(keys.getPrivate()))
                      .build(keys.getPrivate()));
      return new SigningRequest(Base64.getEncoder().encodeToString(request.getEncoded()));
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("a signing request can not be written", e);
    }
  }

  /// The key that a leaf is asked for.
  ///
  /// @throws IllegalArgumentException with the end of a sentence that says what is wrong with the
  ///   request
  public PublicKey keyFor(LeafProfile profile) {
    PublicKey key = verifiedKey();
    if (!profile.key().fits(key)) {
      throw new IllegalArgumentException(
          "is for a key of type %s, but %s is asked for"
              .formatted(Certificate.keyText(key), profile.key().text()));
    }
    return key;
  }

  private PublicKey verifiedKey() {
    PublicKey key;
    boolean signed;
    try {
      var request = new JcaPKCS10CertificationRequest(Base64.getDecoder().decode(value));
      key = request.getPublicKey();
      signed = request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | RuntimeException e) { // of a parser that was given anything
      throw new IllegalArgumentException("can not be read", e);
    }
    if (!signed) {
      throw new IllegalArgumentException("is not signed with the key that it is for");
    }
    return key;
  }
}
