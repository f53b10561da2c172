package newleaf.emulator.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.cert.PrivateKeys;

/// The mounted certificate and its key. After `follow` has seen a new version of the files, the
/// next handshake shows it; calls under way go on.
final class MountedKey extends X509ExtendedKeyManager {
  private final Path mounted;

  /// By the directory they were read from, so that a handshake never mixes two versions.
  private final Map<String, HeldCertificate> versions = new ConcurrentHashMap<>();

  private volatile String current;

  MountedKey(Path mounted) {
    this.mounted = mounted;
    try {
      this.current = load();
    } catch (IOException e) {
      throw new UncheckedIOException("loading the mounted certificate", e);
    }
  }

  void follow() {
    try {
      current = load();
    } catch (IOException _) {
      return; // being swapped: the next call sees it whole
    }
  }

  private String load() throws IOException {
    Path version = mounted.resolve("tls.crt").toRealPath().getParent();
    String alias = version.getFileName().toString();
    if (!versions.containsKey(alias)) {
      String key = Files.readString(version.resolve("tls.key"), StandardCharsets.US_ASCII);
      List<X509Certificate> chain =
          Pem.certificates(Files.readString(version.resolve("tls.crt"), StandardCharsets.US_ASCII));
      versions.put(
          alias,
          new HeldCertificate(
              chain.getFirst(), chain.subList(1, chain.size()), PrivateKeys.parse(key)));
    }
    return alias;
  }

  @Override
  public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
    return current;
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return current;
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return new String[] {current};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    HeldCertificate held = versions.get(alias);
    return Stream.concat(Stream.of(held.certificate()), held.chain().stream())
        .toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return versions.get(alias).key();
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
