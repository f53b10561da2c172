package newleaf.cloud;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import newleaf.cert.HeldCertificate;

/// Presents one certificate whatever issuers the server names. The JDK's own key manager silently
/// presents none when no issuer fits, and then a refusal would not be about our certificate.
final class ForcedKey extends X509ExtendedKeyManager {
  private static final String ALIAS = "leaf";

  private final HeldCertificate leaf;
  private final AtomicBoolean asked = new AtomicBoolean();

  ForcedKey(HeldCertificate leaf) {
    this.leaf = leaf;
  }

  /// Whether the server asked for a client certificate.
  boolean asked() {
    return asked.get();
  }

  @Override
  public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
    asked.set(true);
    return ALIAS;
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    asked.set(true);
    return ALIAS;
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return Stream.concat(Stream.of(leaf.certificate()), leaf.chain().stream())
        .toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return leaf.key();
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return null; // as the interface asks: never a server
  }
}
