package newleaf.emulator.frontend;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import newleaf.cert.Pem;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The frontend's own certificate for the loopback address, and the CA a client must trust for it.
/// Both are good for a century, whatever the emulator's clock says: clients go by their own.
record ServerIdentity(PrivateKey key, X509Certificate certificate, X509Certificate ca) {
  private static final Date NOT_BEFORE = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
  private static final Date NOT_AFTER = Date.from(Instant.parse("2120-01-01T00:00:00Z"));
  private static final X500Name CA_NAME = new X500Name("CN=newleaf emulator CA");
  private static final X500Name SERVER_NAME = new X500Name("CN=newleaf emulator");

  static ServerIdentity make() {
    SecureRandom random = new SecureRandom();
    try {
      KeyPair caKeys = keys();
      KeyPair serverKeys = keys();
      X509v3CertificateBuilder ca = builder(CA_NAME, caKeys, random);
      ca.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      ca.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      X509v3CertificateBuilder server = builder(SERVER_NAME, serverKeys, random);
      describe(server, caKeys);
      return new ServerIdentity(
          serverKeys.getPrivate(), signed(server, caKeys), signed(ca, caKeys));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException("every JDK can make a P-256 certificate", e);
    }
  }

  /// For servers to show the certificate with.
  KeyManagerFactory keyManagers() {
    char[] none = {};
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, none);
      store.setKeyEntry("server", key, none, new X509Certificate[] {certificate});
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, none);
      return managers;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK can hold a P-256 key", e);
    }
  }

  String caPem() {
    return Pem.of(ca);
  }

  @Override
  public String toString() {
    return "ServerIdentity[" + certificate.getSubjectX500Principal() + "]";
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder builder(
      X500Name subject, KeyPair keys, SecureRandom random)
      throws GeneralSecurityException, CertIOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            CA_NAME, new BigInteger(120, random), NOT_BEFORE, NOT_AFTER, subject, keys.getPublic());
    return builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
  }

  private static void describe(X509v3CertificateBuilder server, KeyPair caKeys)
      throws GeneralSecurityException, CertIOException {
    server.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    server.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    server.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(caKeys.getPublic()));
    server.addExtension(Extension.subjectAlternativeName, false, loopback());
  }

  private static GeneralNames loopback() {
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.dNSName, "localhost")
        });
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair caKeys)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(caKeys.getPrivate())));
  }
}
