package newleaf.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import newleaf.cert.EncryptedKey;
import newleaf.cert.WrongPassphraseException;
import newleaf.observed.CaRef;

/// Encrypted key files. A key once opened is kept until this object goes, which is one run: opening
/// costs more than half a second by design, and one run may issue many leaves. The passphrase is
/// kept not even so long.
final class KeyVault {
  private final Passphrase passphrase;
  private final SecureRandom random;
  private final Map<String, PrivateKey> opened = new ConcurrentHashMap<>();
  private final Map<String, Object> turns = new ConcurrentHashMap<>();

  KeyVault(Passphrase passphrase, SecureRandom random) {
    this.passphrase = passphrase;
    this.random = random;
  }

  void store(CaRef ca, CaFiles files, int generation, PrivateKey key) throws IOException {
    String file = files.key(generation);
    char[] secret = ask(ca);
    try {
      String pem = EncryptedKey.toPem(key, secret, random);
      files.store().write(file, pem.getBytes(StandardCharsets.US_ASCII));
    } finally {
      Arrays.fill(secret, '\0');
    }
    opened.put(files.where(file), key);
  }

  PrivateKey open(CaRef ca, CaFiles files, int generation) throws IOException {
    String where = files.where(files.key(generation));
    synchronized (turns.computeIfAbsent(where, _ -> new Object())) { // whoever comes second waits
      PrivateKey known = opened.get(where);
      return known == null ? opened(ca, files, generation) : known;
    }
  }

  private PrivateKey opened(CaRef ca, CaFiles files, int generation) throws IOException {
    String where = files.where(files.key(generation));
    byte[] pem =
        files.store().read(files.key(generation)).orElseThrow(() -> new NoSuchFileException(where));
    char[] secret = ask(ca);
    try {
      PrivateKey key = EncryptedKey.parse(new String(pem, StandardCharsets.ISO_8859_1), secret);
      opened.put(where, key);
      return key;
    } catch (WrongPassphraseException _) {
      throw Complaint.wrongPassphrase(where);
    } catch (IllegalArgumentException e) {
      throw Complaint.damaged(where, e.getMessage());
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /// One at a time: a person is asked one question after the other.
  private synchronized char[] ask(CaRef ca) {
    char[] secret = passphrase.ask(ca);
    if (secret.length == 0) {
      throw Complaint.emptyPassphrase(ca.name());
    }
    return secret;
  }
}
